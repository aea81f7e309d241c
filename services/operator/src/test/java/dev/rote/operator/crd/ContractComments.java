package dev.rote.operator.crd;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the contracts say of each field, for {@code kubectl explain}. */
final class ContractComments {
  private final Map<String, String> comments = new HashMap<>();

  /**
   * @param descriptors the descriptor set of the module proto, with source information
   */
  static ContractComments read(Path descriptors) throws IOException {
    ContractComments comments = new ContractComments();
    try (InputStream in = Files.newInputStream(descriptors)) {
      for (FileDescriptorProto file : FileDescriptorSet.parseFrom(in).getFileList()) {
        Map<List<Integer>, String> byPath = new HashMap<>();
        for (Location location : file.getSourceCodeInfo().getLocationList()) {
          byPath.put(location.getPathList(), location.getLeadingComments());
        }
        for (int m = 0; m < file.getMessageTypeCount(); m++) {
          comments.add(file, m, byPath);
        }
      }
    }
    return comments;
  }

  private void add(FileDescriptorProto file, int index, Map<List<Integer>, String> byPath) {
    DescriptorProto message = file.getMessageType(index);
    String name = file.getPackage() + "." + message.getName();
    comments.put(name, flat(byPath.getOrDefault(List.of(4, index), "")));
    for (int f = 0; f < message.getFieldCount(); f++) {
      comments.put(
          name + "." + message.getField(f).getName(),
          flat(byPath.getOrDefault(List.of(4, index, 2, f), "")));
    }
  }

  private static String flat(String comment) {
    return comment.strip().replaceAll("\\s*\\n\\s*", " ");
  }

  /** The comment, or that of the field's own message; may be empty. */
  String of(FieldDescriptor field) {
    String comment = comments.getOrDefault(field.getFullName(), "");
    return comment.isEmpty() && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        ? comments.getOrDefault(field.getMessageType().getFullName(), "")
        : comment;
  }
}
