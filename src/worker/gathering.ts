/** What is gathered from a list one by one: `add` is called with each element in order. */
export interface Gathering<T, R> {
  readonly add: (element: T) => void;
  /** What was gathered so far, as a value that later elements do not change. */
  readonly read: () => R;
}

/**
 * A function of a list that is asked again and again while the list gets longer: only what was added is looked at. Two
 * lists with the same object as their element `i` are taken to be the same before it, as the records of a run's branches
 * are. For any other list it begins anew with what `start` gives.
 */
export function gathered<T extends object, R>(start: () => Gathering<T, R>): (list: readonly T[]) => R {
  let gathering = start();
  let done = 0;
  let last: T | undefined;
  let result = gathering.read();
  return (list) => {
    if (done > 0 && list[done - 1] !== last) {
      gathering = start();
      done = 0;
    }
    if (list.length === done && done > 0) return result;
    for (const element of done === 0 ? list : list.slice(done)) gathering.add(element);
    done = list.length;
    last = list.at(-1);
    result = gathering.read();
    return result;
  };
}

/** The same for several runs in turn, each known by its first element; `nothing` was gathered from one that has none. */
export function gatheredByRun<T extends object, R>(
  start: () => Gathering<T, R>,
  nothing: R,
): (list: readonly T[]) => R {
  const known = new WeakMap<T, (list: readonly T[]) => R>();
  return (list) => {
    const [first] = list;
    if (first === undefined) return nothing;
    let read = known.get(first);
    if (read === undefined) {
      read = gathered(start);
      known.set(first, read);
    }
    return read(list);
  };
}
