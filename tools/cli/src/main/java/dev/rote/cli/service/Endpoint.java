package dev.rote.cli.service;

import java.util.Optional;

/**
 * Where a service is, and what opens its door.
 *
 * @param address {@code HOST:PORT}
 * @param key that calls show; empty where none is known
 */
record Endpoint(String address, Optional<String> key) {}
