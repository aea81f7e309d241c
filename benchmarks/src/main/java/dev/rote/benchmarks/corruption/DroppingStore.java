package dev.rote.benchmarks.corruption;

import dev.rote.artifacts.ObjectStore;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Hands over what is put and keeps nothing, so that no disk is measured. */
public record DroppingStore(Consumer<byte[]> taker) implements ObjectStore {

  @Override
  public boolean putIfAbsent(String key, byte[] bytes) {
    put(key, bytes);
    return true;
  }

  @Override
  public void put(String key, byte[] bytes) {
    taker.accept(bytes);
  }

  @Override
  public Optional<byte[]> find(String key) {
    return Optional.empty();
  }

  @Override
  public Optional<Long> size(String key) {
    return Optional.empty();
  }

  @Override
  public List<String> list(String prefix, String startAfter, int limit) {
    return List.of();
  }

  @Override
  public boolean putIfAbsent(String key, Path file) {
    throw new UnsupportedOperationException("variants come as bytes");
  }

  @Override
  public byte[] get(String key) {
    throw new UnsupportedOperationException("nothing was kept");
  }

  @Override
  public InputStream open(String key, long offset) {
    throw new UnsupportedOperationException("nothing was kept");
  }

  @Override
  public void copy(String key, String copy) {
    throw new UnsupportedOperationException("nothing was kept");
  }

  @Override
  public void delete(String key) {
    throw new UnsupportedOperationException("nothing was kept");
  }

  @Override
  public void close() {
    /* Nothing is open. */
  }
}
