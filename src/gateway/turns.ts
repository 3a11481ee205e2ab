/**
 * Does what several calls want done at the end of the present turn of the event loop, together. What is written for calls
 * that came at once is then written at once, and whoever reads it is woken once, not for each, which on a virtual machine
 * costs as much as the check of a signed call.
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
