"""Addresses of money."""

from django.urls import path, register_converter

from funding.views import awards, balance, payments, periods, reports


class Sheet:
    """A kind of file a table can be kept as."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Sheet, "sheet")

urlpatterns = [
    path("money/", balance.money, name="money"),
    path("money/awards/", awards.award_list, name="awards"),
    path("money/awards/<slug:reference>/", awards.award, name="award"),
    path("money/awards/<slug:reference>/end/", awards.end_award, name="award-end"),
    path("money/awards/<slug:reference>/take-back/", awards.withdraw_award, name="award-withdraw"),
    path("money/payments/", payments.schedule_list, name="schedules"),
    path("money/payments/<slug:reference>/", payments.schedule, name="schedule"),
    path("money/payments/<slug:reference>/call-back/", payments.withdraw_schedule, name="schedule-withdraw"),
    path("money/payments/<slug:reference>/schedule.<sheet:kind>", payments.schedule_file, name="schedule-file"),
    path("money/reports/", reports.report_queue, name="report-queue"),
    path("money/reports/<int:pk>/", reports.report, name="report"),
    path("money/reports/<int:pk>/send/", reports.send_report, name="report-send"),
    path("money/reports/<int:pk>/discard/", reports.discard_report, name="report-discard"),
    path("money/reports/<int:pk>/ask/", reports.ask, name="report-ask"),
    path("money/reports/<int:pk>/questions/<int:query>/", reports.answer, name="report-answer"),
    path("money/reports/<int:pk>/accept/", reports.accept, name="report-accept"),
    path("money/reports/<int:pk>/versions/<int:number>/", reports.version, name="report-version"),
    path("money/reports/<int:pk>/versions/<int:number>/report.pdf", reports.version_pdf, name="report-pdf"),
    path("money/reports/<int:pk>/versions/<int:number>/report.<sheet:kind>", reports.version_file, name="report-file"),
    path("money/statements/<int:pk>/", balance.statement, name="statement"),
    path("money/statements/<int:pk>/statement.pdf", balance.statement_pdf, name="statement-pdf"),
    path("money/statements/<int:pk>/seen/", balance.statement_seen, name="statement-seen"),
    path("money/<slug:community>/", balance.community, name="community-money"),
    path("money/<slug:community>/reports/", reports.community_reports, name="community-reports"),
    path("money/<slug:community>/<slug:period>/", balance.budget, name="budget"),
    path("money/<slug:community>/<slug:period>/movements.<sheet:kind>", balance.movements_file, name="movements-file"),
    path("county/periods/", periods.period_list, name="periods"),
    path("county/periods/add/", periods.add_period, name="period-add"),
    path("county/periods/<slug:slug>/", periods.period, name="period"),
    path("county/periods/<slug:slug>/settings/", periods.change_period, name="period-change"),
    path("county/periods/<slug:slug>/open/", periods.open_period, name="period-open"),
    path("county/periods/<slug:slug>/remove/", periods.remove_period, name="period-remove"),
    path("county/periods/<slug:slug>/close/", periods.close_period, name="period-close"),
    path("county/periods/<slug:slug>/budgets/", periods.give_budgets, name="budgets"),
    path("county/periods/<slug:slug>/inherited/", periods.inherited, name="inherited"),
    path("county/periods/<slug:slug>/inherited/<slug:community>/", periods.add_inherited, name="inherited-add"),
]
