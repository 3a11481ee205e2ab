/**
 * Does what several calls want done at the end of the present turn of the event loop, together. Answers to calls that came
 * at once are then written at once, and whoever reads them is woken once, not for each, which on a virtual machine costs as
 * much as the check of a signed call.
 */
export function endOfTurn(): (act: () => void) => void {
  let acts: (() => void)[] = [];
  return (act) => {
    if (acts.push(act) > 1) return;
    setImmediate(() => {
      const all = acts;
      acts = [];
      for (const each of all) each();
    });
  };
}
