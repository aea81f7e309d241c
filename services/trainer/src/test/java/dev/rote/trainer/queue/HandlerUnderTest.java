package dev.rote.trainer.queue;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.artifacts.variants.StoredVariants;
import dev.rote.artifacts.variants.VariantCache;
import dev.rote.runtime.Slots;
import dev.rote.spec.AdmittedTrial;
import dev.rote.testkit.TestStack;
import dev.rote.trainer.trials.Trainer;
import dev.rote.trainer.trials.VariantSupply;
import dev.rote.v1.CorruptionServiceGrpc;
import dev.rote.v1.CorruptionServiceGrpc.CorruptionServiceImplBase;
import dev.rote.v1.TrainTrialWork;
import dev.rote.v1.WorkItem;
import dev.rote.workqueue.MendedWork;
import dev.rote.workqueue.WorkContext;
import dev.rote.workqueue.WorkOutcome;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A trainer with one slot that asks a corruption service of the test's own for variants. */
final class HandlerUnderTest implements AutoCloseable {
  private final Server server;
  private final ManagedChannel channel;
  private final MendedWork handler;

  HandlerUnderTest(TestStack stack, CorruptionServiceImplBase corruption) throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("localhost", 0))
            .addService(corruption)
            .build()
            .start();
    channel = NettyChannelBuilder.forAddress("localhost", server.getPort()).usePlaintext().build();
    handler =
        new MendedWork(
            new TrialHandler(
                new Trainer(
                    stack.store(),
                    new VariantSupply(
                        stack.store(),
                        CorruptionServiceGrpc.newBlockingStub(channel),
                        new VariantCache(new StoredVariants(stack.store()), stack.cache(), 1 << 20),
                        Duration.ofSeconds(20)),
                    EngineUnderTest.open(),
                    new Slots(1, "rote.trainer.slots", Duration.ofSeconds(5)),
                    stack.cache(),
                    Duration.ofMinutes(1))),
            stack.store());
  }

  /** Works on a trial that is offered under its ids. */
  WorkOutcome handle(AdmittedTrial trial, WorkContext lease) throws InterruptedException {
    return handle(
        TrainTrialWork.newBuilder()
            .setTrialId(trial.id().value())
            .setTrial(trial.spec())
            .setVariantId(trial.variant().id().value())
            .build(),
        lease);
  }

  WorkOutcome handle(TrainTrialWork work, WorkContext lease) throws InterruptedException {
    return handler.handle(
        WorkItem.newBuilder().setWorkId("trial/" + work.getTrialId()).setTrainTrial(work).build(),
        lease);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
