package dev.rote.corruption.datasets;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.blueprint.Blueprint;
import dev.rote.v1.ImportWeightsRequest;
import dev.rote.v1.ImportWeightsResponse;
import dev.rote.v1.StartFile;
import dev.rote.weights.FittingWeights;
import dev.rote.weights.WeightFile;
import dev.rote.weights.WeightFileException;
import java.io.IOException;
import java.nio.file.Files;

/**
 * Files of weights of a user's own, which trials start from: object storage has them by content.
 */
public final class OwnWeights {
  private static final String FIELD = "spec.trial.start.file";

  private final DatasetFiles files;
  private final ObjectStore store;

  public OwnWeights(DatasetFiles files, ObjectStore store) {
    this.files = files;
    this.store = store;
  }

  /**
   * Checks a file and stores it unless it is there.
   *
   * @throws DatasetException with reason {@code MISSING} when there is no such file, {@code
   *     REFUSED} when its content is another or does not fit the model
   */
  public ImportWeightsResponse take(ImportWeightsRequest request) {
    StartFile wanted = request.getFile();
    NamedFile file = files.located(FIELD, wanted.getPath(), wanted.getSha256());
    try (WeightFile weights = WeightFile.open(wanted.getPath(), file.path())) {
      Blueprint blueprint =
          Blueprint.of(request.getModel(), request.getShape(), request.getClasses());
      FittingWeights.of(blueprint, wanted.getPath(), weights.arrays());
    } catch (WeightFileException | IllegalArgumentException e) {
      throw DatasetException.refused(FIELD, String.valueOf(e.getMessage()));
    }
    store.putIfAbsent(ArtifactKeys.weights(wanted.getSha256()), file.path());
    try {
      return ImportWeightsResponse.newBuilder().setSizeBytes(Files.size(file.path())).build();
    } catch (IOException e) {
      throw ByteFile.unreadable(wanted.getPath(), e);
    }
  }
}
