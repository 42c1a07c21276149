/** The projector's screen, small, inside of the remote: it shows what the room sees. */
import { measure, tick } from "js/clock.js";
import { seen, show } from "js/screen.js";
import { link } from "js/link.js";
import { page } from "js/words.js";
import "js/fit.js";
import "js/signs.js";
import "js/turns.js";

const { socket } = link({
  auth: { surface: "projector", workshop: page.workshop, key: page.key, small: true },
  seen,
  caught: (ack) => show(ack?.screen),
  state: () => {},
});

socket.on("connect", () => measure(socket).then(() => tick()));
socket.on("screen", show);
setInterval(() => measure(socket, 2), 60000);
