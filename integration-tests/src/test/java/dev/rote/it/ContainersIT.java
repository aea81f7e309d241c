package dev.rote.it;

import org.junit.jupiter.api.Nested;

/** What holds on processes of one machine holds on containers: the same tests on compose.yaml. */
@OnContainers
class ContainersIT {

  @Nested
  class WholeSweep extends WholeSweepIT {}

  @Nested
  class Steering extends SteeringIT {}

  @Nested
  class EventDoor extends EventDoorIT {}

  @Nested
  class BadInput extends BadInputIT {}

  @Nested
  class PutFiles extends PutFilesIT {}
}
