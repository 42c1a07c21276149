/** The ground of one round: what a kind's script listens to there ends when the round leaves. */
const screen = document.getElementById("screen");

/** { on, hear, leave }: events on the screen (or elsewhere), news of the page, and the end of both. */
export function newGround() {
  const end = new AbortController();
  const { signal } = end;
  return {
    on: (name, does, where = screen) => where.addEventListener(name, does, { signal }),
    hear: (name, does) => document.addEventListener(name, (event) => does(event.detail), { signal }),
    leave: () => end.abort(),
  };
}
