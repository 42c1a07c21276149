/** What covers the page, and only we take away: the game went to another tab, or this player is out. */
import { hide, hold } from "js/layer.js";

const COVERS = ["moved", "gone"];

export function cover(name) {
  uncover();
  hold(document.getElementById(name));
}

export const uncover = () => COVERS.forEach((name) => hide(document.getElementById(name)));
