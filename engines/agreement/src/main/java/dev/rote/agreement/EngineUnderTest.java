package dev.rote.agreement;

import dev.rote.networks.Engine;
import dev.rote.networks.Engines;

/** The engine that a suite runs on: the build runs some on each. */
public final class EngineUnderTest {
  /** System property with the engine's name. */
  public static final String PROPERTY = "rote.engine";

  private EngineUnderTest() {}

  /** The engine that the property names. */
  public static Engine open() {
    return Engines.named(System.getProperty(PROPERTY, Engines.DEFAULT));
  }
}
