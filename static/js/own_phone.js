/** The sheet that brings the remote onto a phone: a link good once, made when it is asked for. */
import { show } from "js/layer.js";
import { toast } from "js/toast.js";
import { page, words } from "js/words.js";

const form = document.getElementById("own-phone-form");

async function make(opener) {
  const answer = await fetch(`/remote/${page.workshop}/phone-link`, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (!answer.ok) throw new Error("refused");
  const told = await answer.json();
  document.getElementById("own-phone-qr").innerHTML = told.qr_svg; // our server's own drawing
  document.getElementById("own-phone-url").value = told.url;
  show(document.getElementById("own-phone"), opener);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-own-phone]");
  if (button) make(button).catch(() => toast(words.not_sent, [], "bad"));
});
