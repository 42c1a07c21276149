/** The projector: shows, and commands nothing. */
import { measure, tick } from "js/clock.js";
import { seen, showWithPassage as show } from "js/screen.js";
import { link } from "js/link.js";
import { hear, page, tell } from "js/words.js";
import "js/fit.js";
import "js/fullscreen.js";
import "js/line.js";
import "js/room_tones.js";
import "js/signs.js";
import "js/staged.js";
import "js/turns.js";
import "js/wake.js";

const { socket } = link({
  auth: { surface: "projector", workshop: page.workshop, key: page.key },
  seen,
  caught: (ack) => show(ack?.screen),
  state: (state) => tell("line", state),
});

/** The room's light is the remote's to choose, unless this page's own address does. */
hear("coming", ({ screen: { theme } }) => {
  if (theme && !new URLSearchParams(location.search).has("theme")) document.documentElement.dataset.theme = theme;
});
socket.on("connect", () => measure(socket).then(() => tick()));
socket.on("screen", show);
setInterval(() => measure(socket, 2), 60000);
