package dev.rote.sweeps.workflow;

import java.util.ArrayDeque;
import java.util.Deque;

/** How to take back the changes of a turn, newest first. */
final class Journal {
  private final Deque<Runnable> steps = new ArrayDeque<>();

  /** Notes how to take back the change that is made next. */
  void note(Runnable undo) {
    steps.push(undo);
  }

  /** A point to go back to. */
  int mark() {
    return steps.size();
  }

  /** Takes back all that changed since a mark. */
  void backTo(int mark) {
    while (steps.size() > mark) {
      steps.pop().run();
    }
  }
}
