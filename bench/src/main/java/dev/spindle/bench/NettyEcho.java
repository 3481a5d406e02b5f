// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Frames over Netty and nothing else: four bytes of length, eight of a call's number, the body.
 * Each end gathers what it writes in one buffer and flushes when it has worked off a read.
 */
final class NettyEcho implements Echo {
  private static final int MAX_FRAME_BYTES = 1 << 20;
  private static final int NUMBER_BYTES = 8;

  private final EventLoopGroup loops = loops();
  private final Caller caller = new Caller();

  NettyEcho(int port) throws InterruptedException {
    new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(framing(() -> caller))
        .connect("127.0.0.1", port)
        .sync();
  }

  private static EventLoopGroup loops() {
    return new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  }

  private static ChannelInitializer<Channel> framing(
      java.util.function.Supplier<ChannelInboundHandlerAdapter> handler) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel
            .pipeline()
            .addLast(new LengthFieldBasedFrameDecoder(MAX_FRAME_BYTES, 0, 4, 0, 4))
            .addLast(new LengthFieldPrepender(4))
            .addLast(handler.get());
      }
    };
  }

  static EchoServer.Running startServer() throws InterruptedException {
    EventLoopGroup loops = loops();
    Channel server =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(framing(Answerer::new))
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    int port = ((java.net.InetSocketAddress) server.localAddress()).getPort();
    return new EchoServer.Running(port, () -> loops.shutdownGracefully(0, 1, TimeUnit.SECONDS));
  }

  private static final class Answerer extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
      ctx.write(frame, ctx.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      ctx.flush();
    }
  }

  private static final class Caller extends ChannelInboundHandlerAdapter {
    private final Map<Long, BiConsumer<@Nullable Object, @Nullable Throwable>> waiting =
        new HashMap<>();
    private @Nullable ChannelHandlerContext context;
    private long lastNumber;

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      context = ctx;
    }

    ChannelHandlerContext context() {
      return java.util.Objects.requireNonNull(context);
    }

    void call(ByteBuf body, BiConsumer<@Nullable Object, @Nullable Throwable> answer) {
      waiting.put(++lastNumber, answer);
      int size = body.readableBytes();
      ByteBuf frame = context().alloc().buffer(NUMBER_BYTES + size);
      frame.writeLong(lastNumber).writeBytes(body, body.readerIndex(), size);
      context().write(frame, context().voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf frame = (ByteBuf) message;
      BiConsumer<@Nullable Object, @Nullable Throwable> answer = waiting.remove(frame.readLong());
      byte[] body = new byte[frame.readableBytes()];
      frame.readBytes(body);
      frame.release();
      answer.accept(body, null);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      ctx.flush();
    }
  }

  @Override
  public String version() {
    return "Netty " + io.netty.util.Version.identify().get("netty-common").artifactVersion();
  }

  @Override
  public Object formOf(Payload payload) {
    return payload.value instanceof Long number
        ? Unpooled.buffer(8).writeLong(number)
        : Unpooled.wrappedBuffer((byte[]) payload.value);
  }

  @Override
  public boolean isSame(Object form, @Nullable Object answer) {
    return answer instanceof byte[] body && Unpooled.wrappedBuffer(body).equals(form);
  }

  @Override
  public void call(Object form, BiConsumer<@Nullable Object, @Nullable Throwable> answer) {
    if (caller.context().executor().inEventLoop()) {
      caller.call((ByteBuf) form, answer);
    } else {
      caller
          .context()
          .executor()
          .execute(
              () -> {
                caller.call((ByteBuf) form, answer);
                caller.context().flush();
              });
    }
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
