package dev.rote.sweeps.config;

import dev.rote.access.OwnKey;
import dev.rote.artifacts.ObjectStore;
import dev.rote.runtime.Gate;
import dev.rote.runtime.ServiceConfig;
import dev.rote.sweeps.admission.Admission;
import dev.rote.sweeps.admission.GridPlan;
import dev.rote.sweeps.doors.Door;
import dev.rote.sweeps.doors.Quotas;
import dev.rote.sweeps.doors.kafka.ConfigDoor;
import dev.rote.sweeps.doors.kafka.EventOwners;
import dev.rote.sweeps.grpc.CallersSweeps;
import dev.rote.sweeps.grpc.CorruptionChecks;
import dev.rote.sweeps.grpc.StoredReports;
import dev.rote.sweeps.grpc.StoredStarts;
import dev.rote.sweeps.grpc.StoredTables;
import dev.rote.sweeps.grpc.SweepWatch;
import dev.rote.sweeps.grpc.TrialDetails;
import dev.rote.sweeps.grpc.TrialListing;
import dev.rote.sweeps.kafka.EngineSettings;
import dev.rote.sweeps.kafka.Proofs;
import dev.rote.sweeps.kafka.WorkflowEngine;
import dev.rote.sweeps.metrics.WorkflowMeters;
import dev.rote.sweeps.report.ReportHandler;
import dev.rote.sweeps.report.ReportMaker;
import dev.rote.sweeps.workflow.Plans;
import dev.rote.sweeps.workflow.WorkflowSettings;
import dev.rote.workqueue.KafkaCluster;
import dev.rote.workqueue.Pulses;
import dev.rote.workqueue.WorkerHealth;
import io.grpc.ManagedChannel;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;

/** The objects of this service and how they are wired. */
@ApplicationScoped
class SweepsBeans {

  @Produces
  @Singleton
  Plans plans() {
    return new Plans(GridPlan::of);
  }

  @Produces
  @Singleton
  WorkflowEngine engine(
      ServiceConfig service,
      KafkaCluster kafka,
      SweepsConfig config,
      Plans plans,
      Pulses pulses,
      Proofs proofs) {
    SweepsConfig.Workflow workflow = config.workflow();
    WorkflowSettings defaults = WorkflowSettings.defaults();
    WorkflowSettings decisions =
        new WorkflowSettings(
            workflow.lease().toMillis(),
            workflow.reoffer().toMillis(),
            workflow.backoff().toMillis(),
            workflow.unfitPatience().toMillis(),
            workflow.longestTick().toMillis(),
            workflow.stall().toMillis(),
            defaults.startsPerEvent(),
            defaults.timersPerTick());
    Path directory =
        workflow.stateDirectory().orElseGet(() -> service.cache().resolve("sweeps-state"));
    return new WorkflowEngine(
        new EngineSettings(
            kafka,
            directory,
            workflow.replicas(),
            workflow.groupProtocol(),
            decisions,
            workflow.tick(),
            workflow.answer(),
            proofs),
        plans,
        pulses);
  }

  @Produces
  @Singleton
  Proofs proofs(SweepsConfig config) {
    SweepsConfig.Workflow workflow = config.workflow();
    return OwnKey.of(workflow.secret(), workflow.secretFile())
        .get()
        .map(secret -> Proofs.of(secret, workflow.unproven()))
        .orElseGet(Proofs::none);
  }

  @Produces
  @Singleton
  Pulses pulses() {
    return new Pulses();
  }

  @Produces
  @Singleton
  @Readiness
  HealthCheck parts(WorkerHealth worker) {
    return worker.progress();
  }

  @Produces
  @Singleton
  WorkerHealth reportWorker(Pulses pulses) {
    return new WorkerHealth(pulses);
  }

  @Produces
  @Singleton
  MeterBinder partsAndReportWorker(WorkerHealth worker) {
    return worker.meters();
  }

  @Produces
  @Singleton
  WorkflowMeters meters(WorkflowEngine engine) {
    return new WorkflowMeters(engine::view);
  }

  @Produces
  @Singleton
  Door door(
      SweepsConfig config, ManagedChannel corruption, ObjectStore store, WorkflowEngine engine) {
    SweepsConfig.Admission admission = config.admission();
    CorruptionChecks checks = new CorruptionChecks(corruption, admission.checkPatience());
    return new Door(
        new Admission(
            admission.maxTrials(),
            admission.variantsChecked(),
            checks,
            checks,
            new StoredStarts(store, checks)),
        engine,
        new Quotas(
            new Quotas.Limits(
                config.quota().sweeps(), config.quota().trials(), config.quota().bytes()),
            Clock.systemUTC()));
  }

  @Produces
  @Singleton
  ConfigDoor configDoor(
      KafkaCluster kafka, SweepsConfig config, Door door, WorkflowEngine engine, Pulses pulses) {
    SweepsConfig.Admission admission = config.admission();
    return new ConfigDoor(
        kafka,
        door,
        engine,
        new ConfigDoor.Settings(
            new EventOwners(admission.eventOwner(), admission.eventSigners()),
            admission.eventPatience(),
            config.quota().eventsPerMinute()),
        pulses);
  }

  @Produces
  @Singleton
  MeterBinder doorMeters(ConfigDoor door) {
    return door.meters();
  }

  @Produces
  @Singleton
  CallersSweeps callersSweeps() {
    return new CallersSweeps(Gate.CALLER::get);
  }

  @Produces
  @Singleton
  TrialListing trialListing(Plans plans) {
    return new TrialListing(plans);
  }

  @Produces
  @Singleton
  TrialDetails trialDetails(TrialListing trials, ObjectStore store) {
    return new TrialDetails(trials, store);
  }

  @Produces
  @Singleton
  StoredReports storedReports(ObjectStore store, ReportMaker maker) {
    return new StoredReports(store, maker);
  }

  @Produces
  @Singleton
  StoredTables storedTables(ReportMaker maker, StoredReports reports) {
    return new StoredTables(maker, reports);
  }

  @Produces
  @Singleton
  SweepWatch sweepWatch(SweepsConfig config, WorkflowEngine engine) {
    return new SweepWatch(engine, config.workflow().watch());
  }

  void close(@Disposes SweepWatch watch) {
    watch.close();
  }

  @Produces
  @Singleton
  ReportMaker reportMaker(
      Plans plans,
      ObjectStore store,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    return new ReportMaker(plans, store, version, Clock.systemUTC());
  }

  @Produces
  @Singleton
  ReportHandler reportHandler(WorkflowEngine engine, ReportMaker maker, ObjectStore store) {
    return new ReportHandler(engine, maker, store);
  }
}
