/** The people in the room: found by name, renamed. */
import { command } from "js/commands.js";
import { missing, showErrors } from "js/form.js";
import { hide, show } from "js/layer.js";
import { toast } from "js/toast.js";
import { hear, page, words } from "js/words.js";

const form = document.getElementById("rename-form");

const CALM = 300; // ms without a key before the server is asked
let asking = 0;

const field = () => document.getElementById("find");
const wanted = () => (field()?.value ?? "").trim().toLowerCase();

/** A room that fits is narrowed here; of a larger one the server knows who is not listed. */
function narrow(root = document) {
  const name = wanted();
  const ask = Boolean(name) && field().dataset.more !== undefined;
  const list = root.querySelector("#people-list");
  if (!list) return;
  root.querySelector("#people-found").hidden = !ask;
  list.hidden = ask;
  list.querySelectorAll(".person").forEach((person) => {
    person.hidden = !person.dataset.name.includes(name);
  });
  clearTimeout(asking);
  if (ask) asking = setTimeout(find, CALM, name);
}

async function find(name) {
  const answer = await fetch(`/remote/${page.workshop}/people?find=${encodeURIComponent(name)}`);
  if (answer.ok && name === wanted()) document.getElementById("people-found").innerHTML = await answer.text();
}

document.addEventListener("input", (event) => event.target.id === "find" && narrow());
hear("coming", ({ root }) => narrow(root));

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rename]");
  if (!button) return;
  form.dataset.player = button.dataset.rename;
  form.elements.nickname.value = button.dataset.nickname;
  show(document.getElementById("rename"), button);
  form.elements.nickname.select();
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const lacking = missing(form);
  if (Object.keys(lacking).length) return showErrors(form, lacking);
  const error = await command("rename", { player: form.dataset.player, nickname: form.elements.nickname.value });
  if (error) showErrors(form, error.fields ?? {}, error.text);
  else hide(document.getElementById("rename"));
});

const hand = document.getElementById("hand-form");

/** A code for the new phone of a player; it stands in this sheet and nowhere else. */
async function handOver(player) {
  const sent = new URLSearchParams(new FormData(hand));
  sent.set("player", player);
  const answer = await fetch(`/remote/${page.workshop}/hand`, { method: "POST", body: sent });
  const told = await answer.json();
  if (!told.ok) return toast(told.error.text, [], "bad");
  document.getElementById("hand-name").textContent = told.nickname;
  document.getElementById("hand-code").textContent = told.code.replace(/(.{4})/, "$1 ");
  document.getElementById("hand-qr").innerHTML = told.qr_svg; // our server's own drawing
  show(document.getElementById("hand"));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-hand]");
  if (button) handOver(button.dataset.hand).catch(() => toast(words.not_sent, [], "bad"));
});
