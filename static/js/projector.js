/** The projector: shows, and commands nothing. */
import { measure, tick } from "js/clock.js";
import { seen, show } from "js/screen.js";
import { link } from "js/link.js";
import { page, tell } from "js/words.js";
import "js/line.js";
import "js/turns.js";
import "js/wake.js";

const { socket } = link({
  auth: { surface: "projector", workshop: page.workshop, key: page.key },
  seen,
  caught: (ack) => show(ack?.screen),
  state: (state) => tell("line", state),
});

socket.on("connect", () => measure(socket).then(() => tick()));
socket.on("screen", show);
setInterval(() => measure(socket, 2), 60000);
