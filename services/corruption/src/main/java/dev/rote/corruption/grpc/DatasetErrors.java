package dev.rote.corruption.grpc;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.grpcerrors.ApiException;

/** What the failures of datasets mean to a caller of the API. */
final class DatasetErrors {
  private DatasetErrors() {}

  /** The failure to answer with. */
  static RuntimeException translate(RuntimeException failure) {
    if (!(failure instanceof DatasetException dataset)) {
      return failure;
    }
    String message = String.valueOf(failure.getMessage());
    return switch (dataset.reason()) {
      case REFUSED -> ApiException.invalid(dataset.subject(), message);
      case MISSING -> ApiException.precondition("DATASET_MISSING", dataset.subject(), message);
      case DAMAGED -> ApiException.dataLoss("DATASET_DAMAGED", message, dataset.facts());
      case UNREACHABLE -> ApiException.unavailable(message, failure);
    };
  }
}
