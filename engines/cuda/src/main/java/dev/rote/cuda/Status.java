package dev.rote.cuda;

import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.cuda.global.nvrtc;
import org.bytedeco.javacpp.BytePointer;

/** Answers of CUDA's libraries; all but success are thrown. */
final class Status {
  private Status() {}

  /** Of the runtime, and of the driver, whose numbers are the same. */
  static void ofCuda(int status, String what) {
    if (status != 0) {
      throw failure(what, "CUDA", cudart.cudaGetErrorName(status), status);
    }
  }

  static void ofBlas(int status, String what) {
    if (status != 0) {
      throw failure(what, "cuBLAS", cublas.cublasGetStatusName(status), status);
    }
  }

  static void ofCompiler(int status, String what) {
    if (status != 0) {
      throw failure(what, "NVRTC", nvrtc.nvrtcGetErrorString(status), status);
    }
  }

  private static IllegalStateException failure(
      String what, String library, BytePointer name, int status) {
    String message =
        what + " failed: " + library + " says " + name.getString() + " (" + status + ")";
    return status == cudart.cudaErrorStreamCaptureInvalidated
        ? new DisturbedRecording(message)
        : new IllegalStateException(message);
  }

  /** Another thread did something that must not be done while a graph is recorded. */
  static final class DisturbedRecording extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private DisturbedRecording(String message) {
      super(message);
    }
  }
}
