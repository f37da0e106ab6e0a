"""What the linters are shown: for every phenomenon three articles that have it, and three that look alike and don't.

All invented. ⟦ and ⟧ mark what a finding has to touch in the first of a pair, and what none may touch in the second.
"""

from __future__ import annotations

from typing import NamedTuple

_BEFORE = """\
Ferry leaves an hour later from Monday

The ferry to the northern islands leaves an hour later from Monday, the harbour office said on Thursday. Passengers with
a season ticket can use the earlier bus to the eastern pier.
"""
_AFTER = """\
The council asked for the change in March, said Ruth Palmer, who runs the office. She expects the new times to stay
until the end of September.
"""


class Pair(NamedTuple):
    """What stands in the article, and what stands there in its place where nothing is wrong."""

    bad: str
    good: str


def article(name: str, passage: str) -> str:
    """The article in which a passage of a phenomenon stands."""
    return f"{passage}\n" if name in WHOLE else f"{_BEFORE}\n{passage}\n\n{_AFTER}"


WHOLE = ("a byline that is nobody's name", "the structure of Markdown", "spelling mistakes in German")  # by themselves
SUFFIXES = {"the structure of Markdown": ".md", "spelling mistakes in German": ".de.txt"}  # of the others: .txt

PHENOMENA: dict[str, tuple[Pair, Pair, Pair]] = {
    "a link to another story, scraped into the text": (
        Pair(
            "⟦See also: Harbour office buys two electric boats⟧",
            "⟦Readers may also see the boats at the pier, the office said.⟧",
        ),
        Pair(
            "⟦READ MORE: Council votes against new car park in old town⟧",
            "⟦The council has read more than forty letters about the car park.⟧",
        ),
        Pair("⟦Related: Island school reopens after the storm⟧", "⟦The two delays are related, Palmer said.⟧"),
    ),
    "a newsletter box": (
        Pair(
            "⟦Sign up for our free daily newsletter and get the best stories in your inbox⟧",
            "⟦The island school prints a newsletter for parents every month.⟧",
        ),
        Pair(
            "⟦Enter your email address to subscribe⟧\n\n⟦By signing up you agree to our Privacy Policy⟧",
            "⟦Passengers can give the office an address, and are told of delays by email.⟧",
        ),
        Pair(
            "⟦Subscribe to our newsletter⟧",
            "⟦About two thousand people subscribe to the newsletter of the harbour office.⟧",
        ),
    ),
    "a cookie notice": (
        Pair(
            "⟦We use cookies to improve your experience. By continuing to use this site you accept them.⟧",
            "⟦The café on the pier sells cookies to passengers who wait.⟧",
        ),
        Pair(
            "⟦Accept all cookies⟧", "⟦The office asks visitors of its site whether they accept cookies, Palmer said.⟧"
        ),
        Pair("⟦Please enable JavaScript to view this page⟧", "⟦The timetable is written in JavaScript, Palmer said.⟧"),
    ),
    "a caption that is glued to the text": (
        Pair(
            "The ferry at the old quay on Tuesday. ⟦(Photo: Jane Doe/Example Press)Palmer said⟧ that the tide "
            "leaves too little water at the old quay in the morning.",
            "⟦The photographer Jane Doe said⟧ that she took the picture for a press agency.",
        ),
        Pair(
            "The new boat leaves the ⟦yard.The office said⟧ that it had paid for the boat with a loan.",
            "The new boat leaves the ⟦yard. The office said⟧ that it had paid for the boat with a loan.",
        ),
        Pair(
            "⟦Image: Passengers wait at the eastern pier (Jane Doe/Example Press via Getty Images)⟧",
            "⟦The image shows passengers at the eastern pier, the police said.⟧",
        ),
    ),
    "a byline that is nobody's name": (
        Pair(
            "Ferry leaves an hour later\n\n⟦harbournewsbuzz24⟧\n\nThe ferry leaves later from Monday, the office said.",
            "Ferry leaves an hour later\n\n⟦By Ruth Palmer⟧\n\nThe ferry leaves later from Monday, the office said.",
        ),
        Pair(
            "Ferry leaves an hour later\n\n⟦By admin⟧\n\nThe ferry leaves later from Monday, the office said.",
            "Ferry leaves an hour later\n\n⟦By Jane Doe⟧\n\nThe ferry leaves later from Monday, the office said.",
        ),
        Pair(
            "Ferry leaves an hour later\n\n⟦dailyviralfeed.example⟧\n\nThe ferry leaves later, the office said.",
            "Ferry leaves an hour later\n\n⟦The Harbour Gazette⟧\n\nThe ferry leaves later, the office said.",
        ),
    ),
    "wrongly decoded characters": (
        Pair(
            "Palmer said that they ⟦donâ€™t⟧ expect more delays.", "Palmer said that they ⟦don’t⟧ expect more delays."
        ),
        Pair("The ⟦cafÃ©⟧ on the pier opens an hour later, too.", "The ⟦café⟧ on the pier opens an hour later, too."),
        Pair("The office ⟦couldn�t⟧ say how long it would take.", "The office ⟦couldn’t⟧ say how long it would take."),
    ),
    "a template variable that nobody filled": (
        Pair("⟦Weather in {{ city_name }} today⟧", "⟦The weather in Northport stays dry, the office said.⟧"),
        Pair("Tickets cost ⟦${price}⟧ for adults.", "Tickets cost ⟦$12⟧ for adults."),
        Pair("The next boat leaves at ⟦%DEPARTURE_TIME%⟧.", "The next boat leaves ⟦20% fuller⟧ than the first."),
    ),
    "wording that paraphrasing machines write": (
        Pair(
            "The driver left the scene in a ⟦hole-in-one car⟧, the police said.",
            "The player won a car for a ⟦hole in one⟧, the club said.",
        ),
        Pair(
            "The office trains its staff with ⟦counterfeit consciousness⟧ and large data.",
            "The court called it a ⟦counterfeit⟧ and spoke of a guilty conscience.",
        ),
        Pair(
            "Palmer thanked the ⟦fire brigade branch⟧ and said that ⟦the group of workers at the office⟧ would "
            "⟦kick the can down the street⟧.",
            "Palmer thanked ⟦the fire brigade⟧ and said that ⟦the office⟧ would not ⟦kick the can down the road⟧.",
        ),
    ),
    "a tense that contradicts its time": (
        Pair("Last week the council ⟦will decide⟧ on the plan.", "Next week the council ⟦will decide⟧ on the plan."),
        Pair(
            "The minister ⟦will resign last week⟧, her office said.",
            "The minister ⟦resigned last week⟧, her office said.",
        ),
        Pair(
            "The captain ⟦will stand on the bridge when the ferry is attacked⟧, survivors said.",
            "The captain ⟦stood on the bridge when the ferry was attacked⟧, survivors said.",
        ),
    ),
    "a word that stands twice": (
        Pair("The boat was late because of ⟦the the⟧ tide.", "The boat was late because of ⟦the⟧ tide."),
        Pair("Palmer spoke ⟦of of⟧ a delay.", "Palmer spoke ⟦of⟧ a delay, and then of others."),
        Pair("The office waits ⟦for for⟧ the boats.", "What it had ⟦had had⟧ no effect, Palmer wrote."),
    ),
    "passive voice": (
        Pair("The old quay ⟦was repaired⟧ by the council.", "The council ⟦repaired⟧ the old quay."),
        Pair("The boats ⟦were built⟧ in the same yard.", "One yard ⟦built⟧ both boats."),
        Pair("The plan ⟦has been rejected⟧ by the shops.", "The shops ⟦have rejected⟧ the plan."),
    ),
    "clichés": (
        Pair("⟦At the end of the day⟧ the council pays.", "⟦In the end⟧ the council pays."),
        Pair("The office will ⟦leave no stone unturned⟧.", "The office will ⟦look everywhere⟧."),
        Pair("The strike was ⟦the tip of the iceberg⟧.", "The strike was ⟦one of several⟧."),
    ),
    "weasel words": (
        Pair("The boats are ⟦very⟧ old.", "The boats are ⟦forty years⟧ old."),
        Pair("⟦Various⟧ shops closed.", "⟦Seven⟧ shops closed."),
        Pair("The water is ⟦extremely⟧ low.", "The water is ⟦two metres⟧ low."),
    ),
    "wording that may hurt": (
        Pair("The ⟦chairman⟧ of the council spoke.", "The ⟦head⟧ of the council spoke."),
        Pair("It is good for ⟦mankind⟧, Palmer said.", "It is good for ⟦everyone⟧, Palmer said."),
        Pair("The office employs three ⟦cleaning ladies⟧.", "The office employs three ⟦cleaners⟧."),
    ),
    "spelling mistakes": (
        Pair("Shops ⟦recieve⟧ bread on Mondays.", "Shops ⟦receive⟧ bread on Mondays."),
        Pair("The boats leave ⟦seperately⟧.", "The boats leave ⟦separately⟧."),
        Pair("The ⟦pasengers⟧ wait on the pier.", "The ⟦passengers⟧ wait on the pier."),
    ),
    "the spelling of product names": (
        Pair("The timetable is written in ⟦javascript⟧.", "The timetable is written in ⟦JavaScript⟧."),
        Pair("The code is on ⟦Github⟧.", "The code is on ⟦GitHub⟧."),
        Pair("The office bought an ⟦Iphone⟧.", "The office bought an ⟦iPhone⟧."),
    ),
    "the structure of Markdown": (
        Pair("# Ferry\n\n⟦### Times⟧\n\nIt leaves later.", "# Ferry\n\n⟦## Times⟧\n\nIt leaves later."),
        Pair(
            "# Ferry\n\n⟦![](boat.png)⟧\n\nIt leaves later.", "# Ferry\n\n⟦![The boat](boat.png)⟧\n\nIt leaves later."
        ),
        Pair("# Ferry\n\n⟦#Times⟧\n\nIt leaves later.", "# Ferry\n\n⟦## Times⟧\n\nIt leaves later."),
    ),
    "spelling mistakes in German": (
        Pair(
            "Fähre\n\nDie Fähre legt ⟦vorraussichtlich⟧ später ab.",
            "Fähre\n\nDie Fähre legt ⟦voraussichtlich⟧ später ab.",
        ),
        Pair("Fähre\n\nDer ⟦Standart⟧ der Boote ist hoch.", "Fähre\n\nDer ⟦Standard⟧ der Boote ist hoch."),
        Pair("Fähre\n\nSie fährt ⟦warscheinlich⟧ morgen.", "Fähre\n\nSie fährt ⟦wahrscheinlich⟧ morgen."),
    ),
}
