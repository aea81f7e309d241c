package dev.rote.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Lint and compatibility of the contracts. The released lines, {@code released-contracts.txt}, may
 * only grow: to release new ones, run {@code ./mvnw -pl proto test -Drote.release-contracts=true}
 * and commit the file.
 */
class ContractTest {
  private static final Path DESCRIPTORS = Path.of("target", "contracts.binpb");
  private static final Path RELEASED =
      Path.of("src", "test", "resources", "released-contracts.txt");

  private static List<FileDescriptorProto> files() throws IOException {
    try (InputStream in = Files.newInputStream(DESCRIPTORS)) {
      return FileDescriptorSet.parseFrom(in).getFileList().stream()
          .filter(file -> file.getPackage().equals("rote.v1"))
          .toList();
    }
  }

  @Test
  void everyMessageServiceAndMethod_isCommented() throws IOException {
    List<String> bare = new ArrayList<>();
    for (FileDescriptorProto file : files()) {
      Set<List<Integer>> commented = new HashSet<>();
      for (Location location : file.getSourceCodeInfo().getLocationList()) {
        if (location.hasLeadingComments()) {
          commented.add(location.getPathList());
        }
      }
      for (int m = 0; m < file.getMessageTypeCount(); m++) {
        String name = file.getMessageType(m).getName();
        boolean selfExplaining =
            name.endsWith("Request")
                || name.endsWith("Response")
                || name.equals("PartRecord")
                || name.endsWith("Work")
                || name.endsWith("Values");
        if (!selfExplaining && !commented.contains(List.of(4, m))) {
          bare.add(file.getName() + ": " + name);
        }
      }
      for (int s = 0; s < file.getServiceCount(); s++) {
        ServiceDescriptorProto service = file.getService(s);
        for (int r = 0; r < service.getMethodCount(); r++) {
          if (!commented.contains(List.of(6, s, 2, r))) {
            bare.add(
                file.getName() + ": " + service.getName() + "." + service.getMethod(r).getName());
          }
        }
      }
    }
    assertThat(bare).isEmpty();
  }

  /** Every number a user writes says its range, unit or default. */
  @Test
  void everyFieldOfTheSpecification_isCommentedOrNamedByItsType() throws IOException {
    List<String> bare = new ArrayList<>();
    for (FileDescriptorProto file : files()) {
      if (!file.getName().endsWith("/spec.proto")) {
        continue;
      }
      Map<List<Integer>, Boolean> commented = new HashMap<>();
      file.getSourceCodeInfo()
          .getLocationList()
          .forEach(l -> commented.put(l.getPathList(), l.hasLeadingComments()));
      for (int m = 0; m < file.getMessageTypeCount(); m++) {
        DescriptorProto message = file.getMessageType(m);
        for (int f = 0; f < message.getFieldCount(); f++) {
          FieldDescriptorProto field = message.getField(f);
          boolean number =
              field.getType() == FieldDescriptorProto.Type.TYPE_DOUBLE
                  || field.getType() == FieldDescriptorProto.Type.TYPE_UINT32
                  || field.getType() == FieldDescriptorProto.Type.TYPE_UINT64;
          boolean row = message.getName().equals("TransitionRow");
          boolean epoch = message.getName().equals("Term");
          if (number && !row && !epoch && !commented.getOrDefault(List.of(4, m, 2, f), false)) {
            bare.add(message.getName() + "." + field.getName());
          }
        }
      }
    }
    assertThat(bare).isEmpty();
  }

  @Test
  void names_followTheStyleGuide() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (FileDescriptorProto file : files()) {
      assertThat(file.getOptions().getJavaPackage()).isEqualTo("dev.rote.v1");
      assertThat(file.getName()).startsWith("rote/v1/");
      for (DescriptorProto message : file.getMessageTypeList()) {
        check(wrong, message.getName(), "[A-Z][A-Za-z0-9]*");
        message
            .getFieldList()
            .forEach(field -> check(wrong, field.getName(), "[a-z][a-z0-9]*(_[a-z0-9]+)*"));
        message.getEnumTypeList().forEach(type -> checkEnum(wrong, type));
      }
      for (ServiceDescriptorProto service : file.getServiceList()) {
        check(wrong, service.getName(), "[A-Z][A-Za-z0-9]*Service");
        service
            .getMethodList()
            .forEach(
                method -> {
                  check(
                      wrong,
                      method.getInputType(),
                      "\\.rote\\.v1\\." + method.getName() + "Request");
                  check(
                      wrong,
                      method.getOutputType(),
                      "\\.rote\\.v1\\." + method.getName() + "Response");
                });
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static void checkEnum(List<String> wrong, EnumDescriptorProto type) {
    type.getValueList()
        .forEach(value -> check(wrong, value.getName(), "[A-Z][A-Z0-9]*(_[A-Z0-9]+)*"));
    if (!type.getValue(0).getName().contains("UNSPECIFIED") || type.getValue(0).getNumber() != 0) {
      wrong.add(type.getName() + " must begin with an UNSPECIFIED value of number 0");
    }
  }

  private static void check(List<String> wrong, String name, String pattern) {
    if (!name.matches(pattern)) {
      wrong.add(name + " must match " + pattern);
    }
  }

  @Test
  void changes_areAdditive() throws IOException {
    Set<String> now = new TreeSet<>();
    for (FileDescriptorProto file : files()) {
      file.getMessageTypeList().forEach(message -> describe(now, message.getName(), message));
      for (ServiceDescriptorProto service : file.getServiceList()) {
        service
            .getMethodList()
            .forEach(
                method ->
                    now.add(
                        service.getName()
                            + "."
                            + method.getName()
                            + "("
                            + (method.getClientStreaming() ? "stream " : "")
                            + method.getInputType()
                            + ") "
                            + (method.getServerStreaming() ? "stream " : "")
                            + method.getOutputType()));
      }
    }
    if (Boolean.getBoolean("rote.release-contracts")) {
      Files.write(RELEASED, now, StandardCharsets.UTF_8);
    }
    assertThat(now).containsAll(Files.readAllLines(RELEASED, StandardCharsets.UTF_8));
  }

  private static void describe(Set<String> lines, String name, DescriptorProto message) {
    for (FieldDescriptorProto field : message.getFieldList()) {
      lines.add(
          name
              + "."
              + field.getName()
              + " = "
              + field.getNumber()
              + " "
              + field.getLabel()
              + " "
              + field.getType()
              + " "
              + field.getTypeName());
    }
    for (EnumDescriptorProto type : message.getEnumTypeList()) {
      type.getValueList()
          .forEach(
              value ->
                  lines.add(
                      name
                          + "."
                          + type.getName()
                          + "."
                          + value.getName()
                          + " = "
                          + value.getNumber()));
    }
    message
        .getNestedTypeList()
        .forEach(nested -> describe(lines, name + "." + nested.getName(), nested));
  }
}
