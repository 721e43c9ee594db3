"""Paper cannot reach out: print HTML as tagged PDF/UA with nothing but what is inside it."""


class ReachedOutside(Exception):
    """The page asked for something that is not inside it."""


def print_html(html: str) -> bytes:
    """A tagged PDF (PDF/UA-1) of a whole HTML page. Raises ReachedOutside on any address but `data:`.

    FatalURLFetchingError is a BaseException: untranslated it would slip past `except Exception` and kill the worker.
    """
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    inline_only = URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)
    try:
        printed: bytes = HTML(string=html, url_fetcher=inline_only).write_pdf(pdf_variant="pdf/ua-1")
        return printed
    except FatalURLFetchingError as error:
        raise ReachedOutside(str(error)) from error
