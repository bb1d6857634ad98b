# What a public client of Webex, wxc-sdk, makes of the sandbox: lists people over several pages, reads a personal room,
# changes topic and host PIN, reads back, and has a simple PIN refused. Ends with a sentence where something is amiss.
# Must not use anything of this project: what client and sandbox both got wrong in the same way would go unnoticed.

import argparse
import sys

from wxc_sdk import WebexSimpleApi
from wxc_sdk.rest import RestError

OWNER = "admin2@example.com"
SITE = "demo.webex.example"
TOPIC = "Grüße aus Raum 7"
PIN = "8042"


class Amiss(Exception):
    """Something that is not as it should be, as a sentence."""


def check(holds, sentence):
    if not holds:
        raise Amiss(sentence)


def client(sandbox):
    api = WebexSimpleApi(tokens="demo-webex-token", retry_429=False)
    # The client has no argument for it; its session asks this name for every address.
    api.session.BASE = f"{sandbox.rstrip('/')}/webex/v1"
    return api


def update(api, room, topic, pin):
    return api.meetings.preferences.update_personal_meeting_room_options(
        topic=topic,
        host_pin=pin,
        enabled_auto_lock=room.enabled_auto_lock,
        auto_lock_minutes=room.auto_lock_minutes,
        enabled_notify_host=room.enabled_notify_host,
        support_co_host=room.support_co_host,
        support_anyone_as_co_host=room.support_anyone_as_co_host,
        co_hosts=room.co_hosts,
        user_email=OWNER,
        site_url=SITE,
    )


def find_people(api):
    people = list(api.people.list(max=20))
    check(len(people) > 40, f"Only {len(people)} people came over the pages.")
    ids = {person.person_id for person in people}
    check(len(ids) == len(people), "Somebody came twice over the pages.")
    found = list(api.people.list(email=OWNER))
    check([person.emails for person in found] == [[OWNER]], f"{OWNER} was not found by address.")
    check(api.people.details(person_id=found[0].person_id) == found[0], f"{OWNER} is somebody else by id.")
    sites = api.meetings.preferences.site_list(user_email=OWNER)
    check(SITE in [site.site_url for site in sites], f"{OWNER} is not on {SITE}.")


def change_room(api):
    preferences = api.meetings.preferences
    before = preferences.personal_meeting_room_options(user_email=OWNER, site_url=SITE)
    check(before.telephony and before.telephony.access_code, "The room has no access code.")
    check((before.topic, before.host_pin) != (TOPIC, PIN), "The room starts as it should end.")
    answered = update(api, before, TOPIC, PIN)
    after = preferences.personal_meeting_room_options(user_email=OWNER, site_url=SITE)
    check(answered == after, "The update answered something else than what is read back.")
    expected = before.model_copy(update={"topic": TOPIC, "host_pin": PIN})
    check(after == expected, "Something else than topic and host PIN has changed, or they have not.")
    try:
        update(api, after, TOPIC, "1111")
    except RestError as refusal:
        check(refusal.response.status_code == 400, f"A simple PIN is refused with {refusal.response.status_code}.")
        check("PIN" in refusal.description, "The refusal of a simple PIN does not name the PIN.")
    else:
        raise Amiss("A host PIN of one digit repeated was taken.")
    check(preferences.personal_meeting_room_options(user_email=OWNER) == after, "The refused PIN changed the room.")


def main():
    arguments = argparse.ArgumentParser(description="Tries wxc-sdk against the sandbox.")
    arguments.add_argument("sandbox", help="where it is, such as http://127.0.0.1:4000")
    api = client(arguments.parse_args().sandbox)
    try:
        find_people(api)
        change_room(api)
    # An answer in another form is a ValueError of the client.
    except (Amiss, RestError, OSError, ValueError) as problem:
        sys.exit(f"wxc-sdk: {problem}")
    print("wxc-sdk: people found, room read, changed and read back")


if __name__ == "__main__":
    main()
