package dev.rote.it;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What grpcurl does: learns a service by reflection alone, sends JSON, gets JSON. */
final class ReflectionClient {
  private final Channel channel;

  ReflectionClient(Channel channel) {
    this.channel = channel;
  }

  /** Names of the services. */
  List<String> list() throws Exception {
    return ask(ServerReflectionRequest.newBuilder().setListServices("").build())
        .getListServicesResponse()
        .getServiceList()
        .stream()
        .map(ServiceResponse::getName)
        .toList();
  }

  /**
   * Calls a unary method.
   *
   * @param method {@code package.Service/Method}
   */
  String call(String method, String json) throws Exception {
    String service = method.substring(0, method.indexOf('/'));
    ServerReflectionResponse answer =
        ask(ServerReflectionRequest.newBuilder().setFileContainingSymbol(service).build());
    Map<String, FileDescriptorProto> protos = new HashMap<>();
    for (ByteString bytes : answer.getFileDescriptorResponse().getFileDescriptorProtoList()) {
      FileDescriptorProto proto =
          FileDescriptorProto.parseFrom(bytes, ExtensionRegistry.getEmptyRegistry());
      protos.put(proto.getName(), proto);
    }
    FileDescriptorProto file =
        protos.values().stream()
            .filter(
                proto ->
                    proto.getServiceList().stream()
                        .anyMatch(s -> service.equals(proto.getPackage() + "." + s.getName())))
            .findFirst()
            .orElseThrow();
    MethodDescriptor descriptor =
        build(file, protos)
            .findServiceByName(service.substring(service.lastIndexOf('.') + 1))
            .findMethodByName(method.substring(method.indexOf('/') + 1));
    DynamicMessage.Builder request = DynamicMessage.newBuilder(descriptor.getInputType());
    JsonFormat.parser().merge(json, request);
    DynamicMessage response =
        ClientCalls.blockingUnaryCall(
            channel,
            io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(method)
                .setRequestMarshaller(
                    ProtoUtils.marshaller(
                        DynamicMessage.getDefaultInstance(descriptor.getInputType())))
                .setResponseMarshaller(
                    ProtoUtils.marshaller(
                        DynamicMessage.getDefaultInstance(descriptor.getOutputType())))
                .build(),
            CallOptions.DEFAULT,
            request.build());
    return JsonFormat.printer().print(response);
  }

  private FileDescriptor build(FileDescriptorProto file, Map<String, FileDescriptorProto> known)
      throws Exception {
    FileDescriptor[] dependencies = new FileDescriptor[file.getDependencyCount()];
    for (int i = 0; i < dependencies.length; i++) {
      dependencies[i] = build(fetch(file.getDependency(i), known), known);
    }
    try {
      return FileDescriptor.buildFrom(file, dependencies);
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException("reflection of " + file.getName() + " is not consistent", e);
    }
  }

  private FileDescriptorProto fetch(String name, Map<String, FileDescriptorProto> known)
      throws Exception {
    FileDescriptorProto proto = known.get(name);
    if (proto == null) {
      ServerReflectionResponse answer =
          ask(ServerReflectionRequest.newBuilder().setFileByFilename(name).build());
      proto = parse(answer.getFileDescriptorResponse().getFileDescriptorProto(0));
      known.put(name, proto);
    }
    return proto;
  }

  private static FileDescriptorProto parse(ByteString bytes) throws InvalidProtocolBufferException {
    return FileDescriptorProto.parseFrom(bytes, ExtensionRegistry.getEmptyRegistry());
  }

  private ServerReflectionResponse ask(ServerReflectionRequest question) throws Exception {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> questions =
        ServerReflectionGrpc.newStub(channel)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    questions.onNext(question);
    ServerReflectionResponse response = answer.get(30, TimeUnit.SECONDS);
    questions.onCompleted();
    return response;
  }
}
