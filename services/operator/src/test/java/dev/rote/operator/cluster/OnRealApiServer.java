package dev.rote.operator.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Runs a class on a {@link RealApiServer}; skipped with the reason where there is none. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
    named = RealApiServer.KUBECONFIG,
    matches = ".+",
    disabledReason = "no API server: -Drote.kubeconfig=FILE names one that is there for tests")
public @interface OnRealApiServer {}
