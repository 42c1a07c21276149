/** A colleague's page away from the room: its free texts warn as the room's do. */
import "js/keyboard.js";
import "js/lexicon.js";
