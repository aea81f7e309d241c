package dev.rote.trainer.training;

import dev.rote.networks.Network;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.CheckpointRef;
import java.util.Optional;

/** Where a run keeps its checkpoints. */
public interface Checkpoints {

  /**
   * Loads the newest sound checkpoint that a run can go on from without missing any that it must
   * keep, nor anything of its trace. After it the network and the trace are as they were then, or
   * the network is undefined when there is none.
   */
  Optional<Resumed> resume(Trial trial, Network network, Trace trace);

  /**
   * Writes what a trial starts from into a network that is initialised; nothing where weights are
   * drawn.
   *
   * @throws UnusableStartException if it is gone or does not fit
   */
  void begin(Trial trial, Network network);

  /**
   * What a run goes on from.
   *
   * @param header of the checkpoint loaded
   * @param history up to it, all checkpoints kept so far included, and itself if it is one of them
   */
  record Resumed(CheckpointHeader header, History history) {}

  /**
   * Keeps a checkpoint of a finished epoch.
   *
   * @param header without a history
   */
  CheckpointRef keep(CheckpointHeader header, History history, Network network);

  /**
   * Keeps a checkpoint to resume from, between epochs or inside one, until the next one.
   *
   * @param header without a history
   */
  void keepForResume(CheckpointHeader header, History history, Network network);

  /** Removes what was only kept to resume from. */
  void forgetResume(String trialId);
}
