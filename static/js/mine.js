/** My own sheet: opened from my name; the link to another phone is asked for only when wanted. */
import { page, words } from "js/words.js";
import { toast } from "js/toast.js";

const sheet = document.getElementById("mine");
const link = { url: "" };

async function ask(button) {
  button.disabled = true;
  try {
    const answer = await (await fetch(`/${page.code}/move`)).json();
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

async function copy() {
  try {
    await navigator.clipboard.writeText(link.url);
  } catch {
    const field = document.createElement("textarea"); // plain http has no clipboard
    field.value = link.url;
    sheet.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  toast(words.copied);
}

document.getElementById("who")?.addEventListener("click", () => sheet.showModal());
document.getElementById("move-ask")?.addEventListener("click", (event) => ask(event.currentTarget));
document.getElementById("move-copy")?.addEventListener("click", copy);
sheet?.addEventListener("click", (event) => event.target === sheet && sheet.close());
