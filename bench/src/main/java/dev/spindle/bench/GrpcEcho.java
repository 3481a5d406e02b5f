// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.Int64Value;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * gRPC-java with unary calls, plain text, and its callbacks on its connection's thread: the
 * quickest way that it offers for an echo.
 */
final class GrpcEcho implements Echo {
  private static final String SERVICE = "bench.Echo";

  private static final MethodDescriptor<Int64Value, Int64Value> INT =
      method("Int", Int64Value.getDefaultInstance());
  private static final MethodDescriptor<Struct, Struct> DICT =
      method("Dict", Struct.getDefaultInstance());
  private static final MethodDescriptor<BytesValue, BytesValue> BYTES =
      method("Bytes", BytesValue.getDefaultInstance());

  private final ManagedChannel channel;

  GrpcEcho(int port) {
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().directExecutor().build();
  }

  private static <T extends Message> MethodDescriptor<T, T> method(String name, T example) {
    return MethodDescriptor.<T, T>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setRequestMarshaller(ProtoUtils.marshaller(example))
        .setResponseMarshaller(ProtoUtils.marshaller(example))
        .build();
  }

  static EchoServer.Running startServer() throws IOException {
    ServerServiceDefinition service =
        ServerServiceDefinition.builder(SERVICE)
            .addMethod(INT, ServerCalls.asyncUnaryCall(GrpcEcho::echo))
            .addMethod(DICT, ServerCalls.asyncUnaryCall(GrpcEcho::echo))
            .addMethod(BYTES, ServerCalls.asyncUnaryCall(GrpcEcho::echo))
            .build();
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .directExecutor()
            .maxConcurrentCallsPerConnection(Integer.MAX_VALUE)
            .addService(service)
            .build()
            .start();
    return new EchoServer.Running(server.getPort(), server::shutdownNow);
  }

  private static <T> void echo(T request, StreamObserver<T> answer) {
    answer.onNext(request);
    answer.onCompleted();
  }

  @Override
  public String version() {
    return "gRPC " + ManagedChannel.class.getPackage().getImplementationVersion();
  }

  @Override
  public Object formOf(Payload payload) {
    if (payload.value instanceof Long number) {
      return Int64Value.of(number);
    }
    if (payload.value instanceof byte[] bytes) {
      return BytesValue.of(ByteString.copyFrom(bytes));
    }
    return struct((Map<?, ?>) payload.value);
  }

  private static Struct struct(Map<?, ?> map) {
    Struct.Builder struct = Struct.newBuilder();
    map.forEach((key, value) -> struct.putFields((String) key, value(value)));
    return struct.build();
  }

  private static Value value(Object value) {
    Value.Builder built = Value.newBuilder();
    if (value instanceof String text) {
      built.setStringValue(text);
    } else if (value instanceof Boolean truth) {
      built.setBoolValue(truth);
    } else if (value instanceof Number number) {
      built.setNumberValue(number.doubleValue());
    } else if (value instanceof List<?> list) {
      ListValue.Builder members = ListValue.newBuilder();
      list.forEach(each -> members.addValues(value(each)));
      built.setListValue(members);
    } else {
      built.setStructValue(struct((Map<?, ?>) value));
    }
    return built.build();
  }

  @Override
  public void call(Object form, BiConsumer<@Nullable Object, @Nullable Throwable> answer) {
    if (form instanceof Int64Value number) {
      call(INT, number, answer);
    } else if (form instanceof BytesValue bytes) {
      call(BYTES, bytes, answer);
    } else {
      call(DICT, (Struct) form, answer);
    }
  }

  private <T> void call(
      MethodDescriptor<T, T> method,
      T request,
      BiConsumer<@Nullable Object, @Nullable Throwable> answer) {
    ClientCalls.asyncUnaryCall(
        channel.newCall(method, CallOptions.DEFAULT),
        request,
        new StreamObserver<>() {
          private @Nullable T value;

          @Override
          public void onNext(T received) {
            value = received;
          }

          @Override
          public void onError(Throwable error) {
            answer.accept(null, error);
          }

          @Override
          public void onCompleted() {
            answer.accept(value, null);
          }
        });
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
