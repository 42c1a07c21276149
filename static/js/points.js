/** Points fly from where they were earned to the purse; the reasons are told beside. */
import { raise } from "js/layer.js";
import { gainLine, mine } from "js/me.js";
import { hear, isCalm, words } from "js/words.js";
import { toast } from "js/toast.js";

const purse = document.getElementById("purse");
let from = null;

/** The next points start from this element. */
export const startFrom = (element) => { from = element?.getBoundingClientRect() ?? null; };

function fly(amount) {
  const number = purse.querySelector("[data-me=points]");
  const goal = purse.getBoundingClientRect();
  const spark = document.createElement("span");
  spark.className = "flying number";
  spark.textContent = `+${amount}`;
  raise(spark);
  const start = from ?? { left: innerWidth / 2, top: innerHeight - 90, width: 0 };
  const path = [
    { transform: `translate(${start.left + start.width / 2}px, ${start.top}px) scale(1)`, opacity: 1 },
    { transform: `translate(${goal.left + 8}px, ${goal.top + 4}px) scale(0.7)`, opacity: 0.85 },
  ];
  number.dataset.flying = "1";
  const flight = spark.animate(path, { duration: 520, easing: "cubic-bezier(.3,.1,.2,1)" });
  flight.finished.finally(() => {
    spark.remove();
    delete number.dataset.flying;
    number.textContent = mine.points;
    purse.animate([{ transform: "scale(1.14)" }, { transform: "scale(1)" }], { duration: 220 });
  });
}

hear("noted", ({ entry, ack }) => {
  const gains = (ack.gained ?? []).filter((line) => line.amount);
  const sum = gains.reduce((total, line) => total + line.amount, 0);
  toast(entry.answer.withdraw ? words.withdrawn : words.noted, gains.map(gainLine));
  if (sum > 0 && purse && !isCalm() && document.visibilityState === "visible") fly(sum);
  from = null;
});
