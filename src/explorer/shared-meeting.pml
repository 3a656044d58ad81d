/*
 * The meetings of a shared search (shared-meeting.ts, shared-search.ts), step by step, for SPIN: workers take blocks of a level, write blocks of the
 * next, meet at its end, and let others in. What must hold: nobody expands while a meeting decides, unless the search has failed; a search that
 * ends of itself has expanded each block that was made, once; nobody waits for ever. Names are those of `Word`, but `crowded` is `full`, a word of
 * SPIN's own.
 *
 * LETS_IN_EARLY: who was let in does not wait for the end of the meeting, as it was until 2026-11-26. DIES: a worker may be killed while
 * it expands, or while it waits.
 */
#ifdef LETS_IN_EARLY
#define MEETING_IS_OVER true
#else
#define MEETING_IS_OVER (seen >= since)
#endif

/* Blocks in all, and how often a table may be nearly full. */
#define BLOCKS 3
#define CROWDINGS 1

byte arrived, generation, taken, now, next, asking, admitted, since;
bit crowded, growing, over;
mtype = { no, all, failed };
mtype end = no;

/* What is only looked at to judge. */
byte made, expanded, crowdings, inside;
bit deciding;

inline begin_work() { atomic { assert(!deciding || end == failed); inside++ } }
inline end_work() { inside-- }

/* Killed: who watches the workers abandons the search. */
inline die() { end = failed; over = 1; generation++; goto out }

inline wait_for_end_of_meeting() {
  do
  :: generation == seen && !over ->
    if
    :: (generation != seen || over)
#ifdef DIES
    :: die()
#endif
    fi
  :: else -> break
  od
}

inline decide() {
  atomic { assert(inside == 0 || end == failed); deciding = 1 };
  if
  :: taken >= now && end == no ->
    if
    :: next == 0 -> end = all
    :: else
    fi;
    now = next;
    next = 0;
    taken = 0
  :: else
  fi;
  crowded = 0;
  if
  :: growing = 1
  :: growing = 0
  fi;
  since = generation + 1;
  admitted = asking;
  deciding = 0;
  if
  :: end != no -> over = 1
  :: else
  fi
}

proctype Worker(byte me) {
  byte seen, mine, i, before;
  if
  :: me == 0
  :: else ->
    atomic { before = asking; asking++ };
    do
    :: seen = generation;
      i = admitted;
      if
      :: i > before && MEETING_IS_OVER -> break
      :: else ->
        if
        :: over -> goto out
        :: else -> (generation != seen)
        fi
      fi
    od
  fi;
  do
  :: over -> break
  :: else ->
    if
    :: growing ->
      begin_work();
      end_work();
      seen = generation;
      atomic { mine = arrived; arrived++ };
      if
      :: mine == admitted -> arrived = 0; generation++
      :: else -> wait_for_end_of_meeting()
      fi
    :: else
    fi;
    do
    :: end != no || crowded -> break
    :: else ->
      atomic { i = taken; taken++ };
      if
      :: i >= now -> break
      :: else ->
        begin_work();
        expanded++;
        if
        :: atomic { made < BLOCKS -> made++; next++ }
        :: atomic { crowdings < CROWDINGS -> crowdings++; crowded = 1 }
        :: skip
#ifdef DIES
        :: end_work(); die()
#endif
        fi;
        end_work()
      fi
    od;
    seen = generation;
    atomic { mine = arrived; arrived++ };
    if
    :: mine == admitted -> arrived = 0; decide(); generation++
    :: else -> wait_for_end_of_meeting()
    fi
  od;
out:
  assert(over && (end == failed || expanded == made))
}

init {
  byte worker;
  made = 1;
  now = 1;
  atomic { for (worker : 0 .. WORKERS - 1) { run Worker(worker) } }
}
