/**
 * What somebody noted at home, before the room: { id, prompt, name, note }. It stays on this phone
 * and is nobody's draft until its author takes it up in a round.
 */
import * as keep from "js/keep.js";
import { page } from "js/words.js";

const ALL = `sourcerie:warm-up:${page.workshop}:`;

export const all = () => keep.all(ALL);
export const write = (note) => keep.write(ALL + note.id, note);
export const drop = (id) => keep.forget(ALL + id);
