/** In my own sheet: the link to another phone is asked for only when wanted. */
import { copyText } from "js/copy.js";
import { page, words } from "js/words.js";
import { toast } from "js/toast.js";

const link = { url: "" };

async function ask(button) {
  button.disabled = true;
  try {
    const answer = await (await fetch(`/${page.code}/move`, { method: "POST" })).json();
    if (!answer.ok) return toast(answer.error.text, [], "bad");
    link.url = answer.url;
    document.getElementById("move-qr").innerHTML = answer.qr_svg; // our server's own drawing
    document.getElementById("move").hidden = false;
    button.hidden = true;
  } catch {
    toast(words.no_server, [], "bad");
  } finally {
    button.disabled = false;
  }
}

document.getElementById("move-ask")?.addEventListener("click", (event) => ask(event.currentTarget));
document.getElementById("move-copy")?.addEventListener("click", () => copyText(link.url));
