/**
 * The stack on one machine: a real Kafka broker, a real S3 object store and the services, each a
 * process of its own under one supervisor, their state in one directory.
 */
@NullMarked
package dev.rote.embedded;

import org.jspecify.annotations.NullMarked;
