"""The running meeting and its minutes."""

from django.urls import path

import core.converters  # noqa: F401 -- <day:on>
from meetings.views.live import acts, chair, close, follow, inline, interests, minutes, people, sharing, typing

MEETING = "meetings/<slug:slug>/<day:on>/"
LIVE = f"{MEETING}live/"
ITEM = f"{LIVE}items/<int:pk>/"
urlpatterns = [
    path(LIVE, chair.live, name="live"),
    path(f"{LIVE}now/", chair.poll, name="live-now"),
    path(f"{LIVE}start/", acts.start, name="live-start"),
    path(f"{LIVE}suspend/", acts.suspend, name="live-suspend"),
    path(f"{LIVE}resume/", acts.resume, name="live-resume"),
    path(f"{LIVE}shutter/", follow.shutter, name="live-shutter"),
    path(ITEM, chair.item, name="live-item"),
    path(f"{ITEM}open/", acts.open_item, name="live-open"),
    path(f"{ITEM}end/", acts.end_item, name="live-end"),
    path(f"{ITEM}action/", inline.action, name="live-action"),
    path(f"{ITEM}tell-the-board/", inline.tell_board, name="live-tell-board"),
    path(f"{ITEM}my-note/", inline.chair_note, name="live-note"),
    path(f"{ITEM}<slug:field>/", typing.save, name="live-save"),
    path(f"{ITEM}<slug:field>/both/", typing.clash, name="live-clash"),
    path(f"{ITEM}<slug:field>/history/", typing.history, name="live-history"),
    path(f"{ITEM}<slug:field>/history/<int:version>/restore/", typing.restore, name="live-restore"),
    path(f"{LIVE}people/", people.who_is_here, name="who-is-here"),
    path(f"{LIVE}people/everybody/", people.everybody, name="everybody-came"),
    path(f"{LIVE}people/guest/", people.guest, name="guest"),
    path(f"{LIVE}people/<int:pk>/arrived/", people.arrive, name="arrived"),
    path(f"{LIVE}people/<int:pk>/left/", people.leave, name="left"),
    path(f"{LIVE}people/<int:pk>/times/", people.times, name="attendance-times"),
    path(f"{LIVE}people/<int:pk>/take-back/", people.take_back, name="attendance-take-back"),
    path(f"{LIVE}minute-takers/", people.takers, name="minute-takers"),
    path(f"{LIVE}minute-takers/<int:pk>/end/", people.end_taker, name="minute-taker-end"),
    path(f"{MEETING}items/<int:pk>/interests/", interests.of_item, name="interests"),
    path(
        f"{MEETING}items/<int:pk>/interests/<int:person>/<slug:kind>/set-aside/",
        interests.dismiss,
        name="interest-set-aside",
    ),
    path(f"{MEETING}close/", close.close, name="close"),
    path(f"{MEETING}close/outcomes/", close.outcomes, name="close-outcomes"),
    path(f"{MEETING}minutes/", minutes.minutes, name="minutes"),
    path(f"{MEETING}after/", minutes.after, name="after"),
    path(f"{MEETING}minutes.pdf", minutes.printed, name="minutes-pdf"),
    path(f"{MEETING}minutes/send/", minutes.circulate, name="minutes-send"),
    path(f"{MEETING}minutes/approve/", minutes.approve, name="minutes-approve"),
    path(f"{MEETING}minutes/note/", minutes.annotate, name="minutes-note"),
    path(f"{MEETING}minutes/lines/<str:key>/", minutes.correct, name="minutes-correct"),
    path(f"{MEETING}minutes/corrections/<int:pk>/", minutes.answer, name="minutes-answer"),
    path(f"{MEETING}follow/", follow.follow, name="follow"),
    path(f"{MEETING}screen/", follow.screen, name="screen"),
    path(f"{MEETING}share-my-screen/", sharing.start, name="share-screen"),
    path("meetings/sharing/", sharing.mode, name="sharing"),
    path("meetings/sharing/stop/", sharing.stop, name="sharing-stop"),
]
