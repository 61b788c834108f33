"""What the voices say when they are measured: names and numbers among it. Out: `APART`, `HEARD`."""

from __future__ import annotations

APART = (
    "That was my grandmother's, and she kept it on the window for thirty years.",
    "We should have left the harbor before the storm came in tonight.",
    "Nobody told me that the last train would be gone when we got here.",
    "Put the red box down on the table, and don't you ever touch it again.",
    "I counted every window in this house, and one of them is missing.",
    "If the river keeps on rising, the bridge will be under water by noon.",
)

CASTING = (
    ("MARA", "warm, low, 50s"), ("JONAS", "rough, old man"), ("EVE", "bright young woman"),
    ("GRANT", "deep, calm, American man"), ("LADY ASH", "posh, old woman"), ("TOBY", "boy"),
    ("NINA", "lively American woman"), ("SIR HUGH", "British, stern"), ("DR. RUIZ", "warm man"),
    ("POLLY", "high, fast, British woman"), ("SANTA", "jolly"), ("WREN", "breathy"),
)  # fmt: skip

HEARD = (
    "My name is Mara Ellison.", "Call Jonas and tell him to come home.",
    "Doctor Ruiz will see you now.", "Have you met my brother Daniel?",
    "Sarah left for Boston this morning.", "Is Peter still in Chicago?",
    "Maria and Thomas are getting married.", "We sailed past Iceland in June.",
    "Give the keys to Mister Henderson.", "Alice lost her glove in Paris.",
    "The train leaves at 7:45.", "It cost me $12.50.", "There are 24 eggs in the basket.",
    "He was born in 1984.", "Meet me on the 21st of May.", "She is 35 years old.",
    "Turn to page 101.", "I have told you 3 times.", "The room is 20 feet long.",
    "About 50% of them came back.",
    "That was my grandmother's.", "Don't look down.", "The glass fell off the table.",
    "I never wanted to leave.", "Close the door behind you.", "What are you doing here?",
    "It is raining again.", "Somebody has been in my room.", "You can keep the change.",
    "I will be back before dark.", "Listen, can you hear the sea?", "The dog is asleep by the fire.",
    "We have run out of time.", "Please hand me the hammer.", "I read that book yesterday.",
    "They live in the house on the hill.", "Mind the gap between the boards.",
    "This coffee is cold.", "Nothing ever happens in this town.", "Who broke the window?",
    "The ball rolled under the chair.", "Bring me a bucket of water.", "Stop the car right now!",
    "I can explain everything.", "You promised me a story.", "The stars are bright tonight.",
    "Wait until the music stops.", "My hands are shaking.", "That bridge will not hold us.",
    "He dropped it from the balcony.", "I found a letter in the drawer.", "Leave the lights on.",
    "We should go before it snows.", "The kettle is boiling over.", "Nobody believes a word of it.",
    "She painted the whole wall blue.", "Catch it before it breaks!", "The boat is leaking badly.",
    "I dreamed about the old school.", "Goodbye, and thank you for the fish.",
)  # fmt: skip
