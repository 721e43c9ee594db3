"""110 ways in which typed words have become running script elsewhere, for every field that people type into.

Each payload calls `window.__xss(NUMBER)`, opens a dialog, or asks for an address under CANARY: any of the three is
a failure. Written from the known classes (tags, events, SVG and MathML, URLs, encodings, template and htmx
attributes, breaking out of quotes, comments and scripts, polyglots), not from anybody's list.
"""

from collections.abc import Iterator

CANARY = "/xss-canary"
RUN = "window.__xss&&window.__xss()"

TAGS = [
    f"<script>{RUN}</script>",
    f"<SCRIPT>{RUN}</SCRIPT>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<script\n>{RUN}</script\n>",
    f"<script/x>{RUN}</script>",
    f"<script type=module>{RUN}</script>",
    f'<script src="{CANARY}/a.js"></script>',
    f"<script src=data:text/javascript,{RUN}></script>",
    f"<script>{RUN}//",
    f"</script><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</noscript><script>{RUN}</script>",
    f"</template><script>{RUN}</script>",
    f"</option></select><script>{RUN}</script>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f'<iframe src="javascript:parent.{RUN}"></iframe>',
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f'<object data="javascript:{RUN}"></object>',
    f'<embed src="javascript:{RUN}">',
    f'<base href="{CANARY}/">',
    f'<link rel=stylesheet href="{CANARY}/a.css">',
    f'<link rel=import href="{CANARY}/a.html">',
    f'<meta http-equiv=refresh content="0;url={CANARY}/refresh">',
    f'<meta http-equiv=refresh content="0;url=javascript:{RUN}">',
]
EVENTS = [
    f"<img src=x onerror={RUN}>",
    f'<img src="x" onerror="{RUN}">',
    f"<img src=x onerror='{RUN}'>",
    f"<IMG SRC=x ONERROR={RUN}>",
    f"<img/src=x/onerror={RUN}>",
    f"<img\tsrc=x\tonerror={RUN}>",
    f"<img\nsrc=x\nonerror={RUN}>",
    f"<img\x0csrc=x\x0conerror={RUN}>",
    f"<image src=x onerror={RUN}>",
    f"<img src=x:x onerror={RUN} //",
    f"<<img src=x onerror={RUN}>",
    f"<body onload={RUN}>",
    f"<body onpageshow={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<textarea autofocus onfocus={RUN}></textarea>",
    f"<select autofocus onfocus={RUN}></select>",
    f"<button autofocus onfocus={RUN}>press</button>",
    f"<a id=x tabindex=1 onfocus={RUN}>here</a>",
    f"<video src=x onerror={RUN}></video>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}></audio>",
    f"<details open ontoggle={RUN}>more</details>",
    f"<marquee onstart={RUN}>moving</marquee>",
    f"<div onpointerover={RUN}>over</div>",
    f"<div onmouseenter={RUN}>over</div>",
    f"<form onsubmit={RUN}><button>send</button></form>",
    f"<p style=animation:x onanimationstart={RUN}>dance</p>",
    f"<p oncontentvisibilityautostatechange={RUN} style=content-visibility:auto>",
    f"<x onclick={RUN}>click</x>",
    f"<dialog open onclose={RUN}><form method=dialog><button>shut</button></form></dialog>",
    f"<object onerror={RUN} data=x></object>",
]
DRAWINGS = [
    f"<svg onload={RUN}>",
    f"<svg/onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><script href={CANARY}/b.js /></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s></svg>",
    f"<svg><set attributeName=href to=javascript:{RUN}><a href=x>go</a></svg>",
    f'<svg><a xlink:href="javascript:{RUN}"><text x=20 y=20>go</text></a></svg>',
    f"<svg><foreignObject><img src=x onerror={RUN}></foreignObject></svg>",
    f'<svg><use href="data:image/svg+xml,<svg id=x onload={RUN}>#x"></use></svg>',
    f"<svg><style><img src=x onerror={RUN}></style></svg>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    f'<math href="javascript:{RUN}">CLICK</math>',
    f"<svg><desc><![CDATA[</desc><script>{RUN}</script>]]></svg>",
]
ADDRESSES = [
    f'<a href="javascript:{RUN}">here</a>',
    f'<a href="JaVaScRiPt:{RUN}">here</a>',
    f'<a href=" javascript:{RUN}">here</a>',
    f'<a href="java\tscript:{RUN}">here</a>',
    f'<a href="java&#10;script:{RUN}">here</a>',
    f'<a href="&#106;avascript:{RUN}">here</a>',
    f'<a href="data:text/html,<script>{RUN}</script>">here</a>',
    f'<form action="javascript:{RUN}"><button>send</button></form>',
    f'<button formaction="javascript:{RUN}">send</button>',
    f"javascript:{RUN}",
    f"//example.invalid{CANARY}",
    f"[here](javascript:{RUN})",
    f"![x]({CANARY}/picture.png)",
    f'<img src="{CANARY}/pixel.png">',
    f"<p style=\"background:url('{CANARY}/style.png')\">",
    f"<style>@import '{CANARY}/import.css';</style>",
]
ENCODINGS = [
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;script&#62;{RUN}&#60;/script&#62;",
    f"%3Cscript%3E{RUN}%3C/script%3E",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"\\x3cimg src=x onerror={RUN}\\x3e",
    f"＜script＞{RUN}＜/script＞",
    f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
    f"\u2028<img src=x onerror={RUN}>\u2029",
    f"<im\ufeffg src=x onerror={RUN}>",
]
ATTRIBUTES = [
    f'" autofocus onfocus="{RUN}',
    f"' autofocus onfocus='{RUN}",
    f'"><img src=x onerror={RUN}>',
    f"'><img src=x onerror={RUN}>",
    f'--><img src=x onerror={RUN}><!--"',
    f"]]><img src=x onerror={RUN}>",
]
TEMPLATES = [
    f'<p hx-get="{CANARY}/hx" hx-trigger="load">x</p>',
    f'<p data-hx-get="{CANARY}/hx" data-hx-trigger="load">x</p>',
    f'<p hx-on:htmx:load="{RUN}" hx-on::load="{RUN}">x</p>',
    f'" hx-post="{CANARY}/hx" hx-trigger="load" x="',
    '{{ request.session.items }}{% load l10n %}{% debug %}<b hx-disinherit="*">{{ 7|add:7 }}</b>',
    f"{{{{constructor.constructor('{RUN}')()}}}}${{{RUN}}}<%= {RUN} %>#{{{RUN}}}",
    f'<p x-init="{RUN}" v-html=\'{RUN}\' ng-init="{RUN}">x</p>',
]
POLYGLOTS = [
    f"jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk={RUN} )//%0D%0A//</stYle/</titLe/</teXtarEa/</scRipt/--!><svG/oNloAd={RUN}//>",
    f"\"'--></style></script></textarea></title><svg onload={RUN}><img src='{CANARY}/poly.png' hx-get='{CANARY}/poly'>",
]

PAYLOADS: list[str] = [
    *TAGS,
    *EVENTS,
    *DRAWINGS,
    *ADDRESSES,
    *ENCODINGS,
    *ATTRIBUTES,
    *TEMPLATES,
    *POLYGLOTS,
]

# Runs before any script of the page. Nothing that was typed may reach it.
ALARM = """
window.__ran = 0;
Object.defineProperty(window, "__xss", {value: () => { window.__ran += 1; return true; }, writable: false});
"""


def batches(size: int) -> Iterator[str]:
    """All payloads, `size` to a text, a line break between them."""
    for start in range(0, len(PAYLOADS), size):
        yield "\n".join(PAYLOADS[start : start + size])


class Watch:
    """Sits on a Playwright page from before the first address; `all_quiet` says whether anything ran or left."""

    def __init__(self, page) -> None:  # type: ignore[no-untyped-def] -- playwright is imported by journeys only
        self.page, self.alarms = page, []
        page.add_init_script(ALARM)
        page.on("dialog", self._dialog)
        page.on("request", self._request)

    def _dialog(self, dialog) -> None:  # type: ignore[no-untyped-def]
        self.alarms.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request) -> None:  # type: ignore[no-untyped-def]
        if CANARY in request.url and not request.url.startswith("data:"):
            self.alarms.append(f"request: {request.url}")

    def all_quiet(self) -> list[str]:
        """What went wrong so far; empty when nothing did. Also looks for attributes that typed words brought in."""
        self.page.wait_for_timeout(150)
        ran = self.page.evaluate("window.__ran")
        found = [f"ran {ran} times"] if ran else []
        found += self.page.evaluate(
            """() => [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes]
              .filter((one) => /^on|^x-init|^v-html|^ng-/.test(one.name) || one.value.includes("__xss") && one.name !== "value"
                && one.name !== "title" && one.name !== "aria-label" && one.name !== "data-announce"
                || /^(data-)?hx-/.test(one.name) && one.value.includes("xss-canary")
                || /^hx-on/.test(one.name))
              .map((one) => `attribute ${element.tagName} ${one.name}=${one.value.slice(0, 60)}`))"""
        )
        return [*self.alarms, *found]
