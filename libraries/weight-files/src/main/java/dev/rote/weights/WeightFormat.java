package dev.rote.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** Formats of files of weights. */
public enum WeightFormat {
  /** A zip of npy files, stored, with the time 1980-01-01: equal arrays are equal bytes. */
  NPZ {
    @Override
    public WeightSink open(
        List<WeightArray> arrays, Map<String, String> metadata, OutputStream out) {
      return new NpzWriter(arrays, out);
    }
  },
  /** A header of JSON and the values. */
  SAFETENSORS {
    @Override
    public WeightSink open(List<WeightArray> arrays, Map<String, String> metadata, OutputStream out)
        throws IOException {
      return new SafetensorsWriter(arrays, metadata, out);
    }
  };

  /**
   * Begins a file.
   *
   * @param arrays all that will be written, of {@link ArrayType#F32} or single {@link
   *     ArrayType#I64}
   * @param metadata words about it, which npz has no place for
   * @param out closed with the sink
   */
  public abstract WeightSink open(
      List<WeightArray> arrays, Map<String, String> metadata, OutputStream out) throws IOException;
}
