/** The remote: one connection, the commands, the keys. */
import { measure, tick } from "js/clock.js";
import { seen, show } from "js/screen.js";
import { link } from "js/link.js";
import { carry } from "js/commands.js";
import { page, tell } from "js/words.js";
import "js/insert.js";
import "js/keys.js";
import "js/line.js";
import "js/miniature.js";
import "js/own_phone.js";
import "js/pace.js";
import "js/people.js";
import "js/wake.js";

const { socket } = link({
  auth: { surface: "remote", workshop: page.workshop, lang: page.lang },
  seen,
  caught: (ack) => show(ack?.screen),
  state: (state) => tell("line", state),
});

carry(socket);
socket.on("connect", () => measure(socket).then(() => tick()));
socket.on("screen", show);
socket.on("bye", ({ reason } = {}) => reason === "signed_out" && location.reload()); // the page asks to sign in
setInterval(() => measure(socket, 2), 60000);
