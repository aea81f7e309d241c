package dev.rote.corruption.datasets;

import dev.rote.corruption.datasets.IdxHeader.Content;
import dev.rote.corruption.datasets.IdxSource.Classes;
import dev.rote.corruption.datasets.OwnFiles.Wish;
import dev.rote.v1.DatasetInfo;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.IdxFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The dataset of IDX files of a user's own.
 *
 * <p>It has as many classes as {@code classes} says, or else the largest training label plus one,
 * at least two: labels number classes from 0.
 */
final class OwnDataset implements Dataset {
  private static final String FIELD = "variant.dataset.idx.";
  private static final int FEWEST_CLASSES = 2;

  private final OwnFiles files;

  OwnDataset(OwnFiles files) {
    this.files = files;
  }

  @Override
  public String name() {
    return "idx";
  }

  @Override
  public void tell(DatasetInfo.Builder info) {
    files.tell(info);
  }

  @Override
  public boolean mayChange() {
    return true;
  }

  @Override
  public SortedMap<String, String> ownFiles(DatasetSpec spec) {
    SortedMap<String, String> sums = new TreeMap<>();
    List<Wish> wishes = wishes(spec);
    files.require(wishes);
    wishes.forEach(wish -> sums.put(wish.path(), files.sha256(wish)));
    return sums;
  }

  private static List<Wish> wishes(DatasetSpec spec) {
    IdxFiles idx = spec.getIdx();
    List<Wish> wishes = new ArrayList<>();
    wishes.add(new Wish(FIELD + "trainImages", idx.getTrainImages(), Content.IMAGES));
    wishes.add(new Wish(FIELD + "trainLabels", idx.getTrainLabels(), Content.LABELS));
    if (Datasets.fromTest(spec)) {
      wishes.add(new Wish(FIELD + "testImages", idx.getTestImages(), Content.IMAGES));
      wishes.add(new Wish(FIELD + "testLabels", idx.getTestLabels(), Content.LABELS));
    }
    return wishes;
  }

  @Override
  public OpenDataset open(DatasetSpec spec) {
    return OpenDataset.cut(spec, sources(spec));
  }

  @Override
  public Outline check(DatasetSpec spec, Optional<Cifar10n> labels) {
    List<ExampleSource> sources = sources(spec);
    try (OpenDataset open = OpenDataset.cut(spec, sources)) {
      return Outline.of(open).warning(warnings(spec, (IdxSource) sources.get(0)));
    }
  }

  /** The training pair and, where the spec asks for it, the test pair. */
  private List<ExampleSource> sources(DatasetSpec spec) {
    List<Wish> wishes = wishes(spec);
    files.require(wishes);
    List<ExampleSource> sources = new ArrayList<>();
    try {
      IdxSource train =
          IdxSource.open(
              files.locate(wishes.get(0)), files.locate(wishes.get(1)), classes(spec.getIdx()));
      sources.add(train);
      if (Datasets.fromTest(spec)) {
        sources.add(test(spec.getIdx(), wishes, train));
      }
      return sources;
    } catch (DatasetException e) {
      sources.forEach(ExampleSource::close);
      throw e;
    }
  }

  private static Classes classes(IdxFiles idx) {
    if (!idx.hasClasses()) {
      return Classes.COUNTED;
    }
    int classes = idx.getClasses();
    if (classes < FEWEST_CLASSES) {
      throw DatasetException.refused(
          FIELD + "classes",
          "must be at least " + FEWEST_CLASSES + ", was " + Integer.toUnsignedString(classes));
    }
    return new Classes(classes, "as `classes` says");
  }

  /** Opens the test files, which must be of the same shape and classes. */
  private IdxSource test(IdxFiles idx, List<Wish> wishes, IdxSource train) {
    NamedFile images = files.locate(wishes.get(2));
    IdxSource test =
        IdxSource.open(
            images,
            files.locate(wishes.get(3)),
            new Classes(
                train.classes(),
                "the number of classes of "
                    + idx.getTrainLabels()
                    + "; where there are more, write `classes`"));
    if (!test.shape().equals(train.shape())) {
      test.close();
      throw images.unfit(
          "has images of "
              + test.shape()
              + ", and "
              + idx.getTrainImages()
              + " of "
              + train.shape(),
          "shape",
          train.shape().toString(),
          test.shape().toString());
    }
    return test;
  }

  /** What may not be meant: classes that were counted and have no example. */
  private static List<String> warnings(DatasetSpec spec, IdxSource train) {
    String unused = train.counts().unused(train.classes());
    if (spec.getIdx().hasClasses() || unused.isEmpty()) {
      return List.of();
    }
    boolean one = unused.chars().allMatch(Character::isDigit);
    return List.of(
        spec.getIdx().getTrainLabels()
            + " has labels from "
            + train.counts().smallest()
            + " to "
            + train.counts().largest()
            + ", so there are "
            + train.classes()
            + " classes, the largest label plus one; "
            + (one ? "class " : "classes ")
            + unused
            + (one ? " has" : " have")
            + " no example, and still an output of the network and a share of label noise. Number"
            + " the labels from 0 without gaps, or write `classes: "
            + train.classes()
            + "` if it is meant so.");
  }
}
