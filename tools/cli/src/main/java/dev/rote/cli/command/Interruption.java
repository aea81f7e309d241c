package dev.rote.cli.command;

/**
 * What happens when the process is asked to end (Ctrl-C, a kill) before the command is over. The
 * process then exits with 128 + the number of the signal.
 */
final class Interruption {
  private final Thread hook;

  private Interruption(Thread hook) {
    this.hook = hook;
  }

  /**
   * Interrupts the calling thread when the process is asked to end.
   *
   * @param farewell said first
   * @param cleanUp done last
   */
  static Interruption handledBy(Runnable farewell, Runnable cleanUp) {
    Thread command = Thread.currentThread();
    Thread hook =
        new Thread(
            () -> {
              farewell.run();
              command.interrupt();
              cleanUp.run();
            },
            "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruption(hook);
  }

  /** The command is over: an interruption from now on is none of its business. */
  void over() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already: the farewell has the word, wait until it has ended.
      awaitUninterruptibly(hook);
    }
  }

  private static void awaitUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
