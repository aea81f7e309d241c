package dev.rote.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Whether a Docker engine is there and has the project's images. */
final class ImagesCondition implements ExecutionCondition {
  static final String REPOSITORY = System.getProperty("rote.images.repository", "rote");
  static final String TAG = System.getProperty("rote.images.tag", "latest");
  static final List<String> IMAGES =
      List.of("broker", "object-store", "sweeps", "corruption", "trainer", "metrics", "operator");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(ImagesCondition.class))
        .computeIfAbsent(
            ConditionEvaluationResult.class, key -> look(), ConditionEvaluationResult.class);
  }

  private static ConditionEvaluationResult look() {
    List<String> command = new ArrayList<>(List.of("docker", "image", "inspect", "--format", "ok"));
    IMAGES.forEach(image -> command.add(REPOSITORY + "/" + image + ":" + TAG));
    try {
      Process docker = new ProcessBuilder(command).redirectErrorStream(true).start();
      docker.getOutputStream().close();
      String said = new String(docker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return docker.waitFor() == 0
          ? ConditionEvaluationResult.enabled("a Docker engine has the images")
          : ConditionEvaluationResult.disabled(
              "no containers: "
                  + said.replaceAll("(?m)^ok$", "").strip().replaceAll("\\s+", " ")
                  + " (compose/images/build makes the images)");
    } catch (IOException e) {
      return ConditionEvaluationResult.disabled("no containers: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ConditionEvaluationResult.disabled("interrupted while looking for Docker");
    }
  }
}
