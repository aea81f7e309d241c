package dev.rote.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUmod_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.cuda.global.nvrtc;
import org.bytedeco.cuda.nvrtc._nvrtcProgram;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/** The kernels of {@code kernels.cu}, compiled for a card and loaded. */
final class Kernels {
  private static final String SOURCE = "kernels.cu";

  private final CUmod_st module = new CUmod_st();
  private final Map<String, CUfunc_st> functions = new ConcurrentHashMap<>();

  /** Machine code where the compiler knows the card, else PTX, which the driver translates. */
  Kernels(Card card) {
    int nearest =
        Arrays.stream(supported())
            .filter(each -> each <= card.capability())
            .max()
            .orElse(Card.OLDEST);
    boolean exact = nearest == card.capability();
    String target = (exact ? "sm_" : "compute_") + nearest;
    try (BytePointer code = compile(source(), "--gpu-architecture=" + target, exact)) {
      Status.ofCuda(cudart.cuModuleLoadData(module, code), "loading the kernels");
    }
  }

  /** Compute capabilities that the compiler knows, ten times the major number plus the minor. */
  private static int[] supported() {
    int[] count = new int[1];
    Status.ofCompiler(nvrtc.nvrtcGetNumSupportedArchs(count), "asking the compiler");
    int[] known = new int[count[0]];
    Status.ofCompiler(nvrtc.nvrtcGetSupportedArchs(known), "asking the compiler");
    return known;
  }

  private static String source() {
    try (InputStream in = Kernels.class.getResourceAsStream(SOURCE)) {
      if (in == null) {
        throw new IllegalStateException(SOURCE + " is not beside " + Kernels.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BytePointer compile(String source, String target, boolean machineCode) {
    _nvrtcProgram program = new _nvrtcProgram();
    try (BytePointer text = new BytePointer(source);
        BytePointer name = new BytePointer(SOURCE);
        BytePointer option = new BytePointer(target);
        PointerPointer<BytePointer> options = new PointerPointer<>(1);
        PointerPointer<BytePointer> none = new PointerPointer<>()) {
      options.put(0, option);
      Status.ofCompiler(
          nvrtc.nvrtcCreateProgram(program, text, name, 0, none, none), "reading the kernels");
      int status = nvrtc.nvrtcCompileProgram(program, 1, options);
      Status.ofCompiler(status, "compiling the kernels for " + target + log(program));
      try (SizeTPointer size = new SizeTPointer(1)) {
        Status.ofCompiler(
            machineCode
                ? nvrtc.nvrtcGetCUBINSize(program, size)
                : nvrtc.nvrtcGetPTXSize(program, size),
            "measuring the kernels");
        BytePointer code = new BytePointer(size.get());
        Status.ofCompiler(
            machineCode ? nvrtc.nvrtcGetCUBIN(program, code) : nvrtc.nvrtcGetPTX(program, code),
            "taking the kernels");
        return code;
      }
    } finally {
      nvrtc.nvrtcDestroyProgram(program);
    }
  }

  private static String log(_nvrtcProgram program) {
    try (SizeTPointer size = new SizeTPointer(1)) {
      Status.ofCompiler(nvrtc.nvrtcGetProgramLogSize(program, size), "measuring the log");
      try (BytePointer log = new BytePointer(size.get())) {
        Status.ofCompiler(nvrtc.nvrtcGetProgramLog(program, log), "taking the log");
        return "\n" + log.getString();
      }
    }
  }

  /** The kernel of a name. */
  CUfunc_st function(String name) {
    return functions.computeIfAbsent(
        name,
        missing -> {
          CUfunc_st function = new CUfunc_st();
          Status.ofCuda(
              cudart.cuModuleGetFunction(function, module, missing), "finding kernel " + missing);
          return function;
        });
  }
}
