"""The broker of the demo: files in a folder, written and read by several processes at once."""

import time

import pytest
from kombu import Connection, Exchange, Queue
from kombu.transport import filesystem

from core import folder_broker


@pytest.fixture
def options(tmp_path):
    for name in ("queue", "control"):
        (tmp_path / name).mkdir()
    folder = str(tmp_path / "queue")
    return {"data_folder_in": folder, "data_folder_out": folder, "control_folder": str(tmp_path / "control")}


def connection(transport, options) -> Connection:
    return Connection(transport=transport, transport_options=options)


class Nosy:
    """A message that looks into the queue while it is being written there."""

    def __init__(self, channel) -> None:
        self.channel, self.found = channel, None

    def __json__(self) -> str:
        try:
            self.found = self.channel._get("work")
        except (filesystem.Empty, ValueError) as error:
            self.found = error
        return "x"


def found_on_the_way(transport, options):
    with connection(transport, options) as ours, ours.channel() as channel:
        message = Nosy(channel)
        channel._put("work", message)
    return message.found


def test_no_message_is_read_before_it_is_whole(options):
    assert isinstance(found_on_the_way(folder_broker.Transport, options), filesystem.Empty)


def test_control_the_usual_transport_hands_out_what_is_not_written_yet(options):
    assert isinstance(found_on_the_way(filesystem.Transport, options), ValueError)


def test_messages_come_in_the_order_in_which_they_were_sent(options):
    with connection(folder_broker.Transport, options) as ours, ours.SimpleQueue("work") as queue:
        for number in range(5):
            queue.put(number)
            time.sleep(0.002)
        assert [queue.get(timeout=5).payload for _ in range(5)] == list(range(5))


def test_a_table_left_empty_by_a_killed_process_is_written_anew(options, tmp_path):
    (tmp_path / "control" / "shared.exchange").write_text("")

    with connection(folder_broker.Transport, options) as ours, ours.channel() as channel:
        assert channel.get_table("shared") == []
        Queue("mine", Exchange("shared"), routing_key="shared")(channel).declare()
        assert [bound.queue for bound in channel.get_table("shared")] == ["mine"]
