package dev.rote.trainer.training;

import dev.rote.v1.CheckpointHeader;

/**
 * What becomes of the logits of a run's training examples, which training and evaluation compute
 * anyway. Not safe for use by several threads.
 */
public interface Trace {
  /** Nothing becomes of them. */
  Trace NONE =
      new Trace() {
        @Override
        public boolean reaches(int epoch) {
          return true;
        }

        @Override
        public boolean takesUp(CheckpointHeader header) {
          return true;
        }

        @Override
        public boolean presents() {
          return false;
        }

        @Override
        public void presented(int[] indices, int[] labels, int n, float[] logits) {}

        @Override
        public void evaluated(int epoch, int example, int predicted, double loss, double margin) {}

        @Override
        public void keepForResume(CheckpointHeader header) {}
      };

  /** Whether it is whole up to the end of an epoch. */
  boolean reaches(int epoch);

  /**
   * Goes on where a run was stopped, if it is whole up to there; then it is as it was.
   *
   * @param header of what the run resumes from
   */
  boolean takesUp(CheckpointHeader header);

  /** Whether it takes the logits of steps. */
  boolean presents();

  /**
   * Takes the logits that a step computed before its update.
   *
   * @param indices examples of the step
   * @param labels of them
   * @param n how many
   * @param logits float32[n, K] or longer
   */
  void presented(int[] indices, int[] labels, int n, float[] logits);

  /**
   * Takes what was found of an example at the end of an epoch; of all examples, in order.
   *
   * @param predicted class, -1 for none
   * @param loss cross-entropy in nats
   * @param margin of its label over the best other class
   */
  void evaluated(int epoch, int example, int predicted, double loss, double margin);

  /** Keeps what is not stored yet, to go on from a checkpoint that is about to be kept. */
  void keepForResume(CheckpointHeader header);
}
