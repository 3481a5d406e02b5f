// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import dev.spindle.pb.banana.BananaException;
import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.BananaReader;
import dev.spindle.pb.banana.BananaWriter;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.Dialect;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Clients that log in without a name and then say nothing, as thrifty as can be. */
final class IdleClients implements AutoCloseable {
  /** Logins under way at once: fewer than a server keeps waiting to be accepted. */
  private static final int AT_ONCE = 64;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final Bootstrap bootstrap;

  IdleClients(int port) {
    bootstrap =
        new Bootstrap()
            .group(loops)
            .channel(NioSocketChannel.class)
            .remoteAddress("127.0.0.1", port)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Login());
                  }
                });
  }

  /** Logs so many more in, and waits until they are. */
  void logIn(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      free.acquire();
      bootstrap.connect();
    }
    if (!free.tryAcquire(AT_ONCE, 60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("logins without an answer: what the server said is above");
    }
    free.release(AT_ONCE);
  }

  private final class Login extends ChannelInboundHandlerAdapter {
    private final BananaReader reader = new BananaReader(BananaLimits.DEFAULT);

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      reader.use(Dialect.PB);
      ctx.writeAndFlush(everything());
    }

    /** The dialect, the version and the login, without waiting for what the server says. */
    private ByteBuf everything() {
      ByteBuf out = Unpooled.buffer();
      new BananaWriter(out, Dialect.NONE, BananaLimits.DEFAULT).string(ByteString.utf8("pb"));
      BananaWriter writer = new BananaWriter(out, Dialect.PB, BananaLimits.DEFAULT);
      writer.list(2);
      writer.string(ByteString.utf8("version"));
      writer.integer(6);
      writer.list(7);
      writer.string(ByteString.utf8("message"));
      writer.integer(1);
      writer.string(ByteString.utf8("root"));
      writer.string(ByteString.utf8("loginAnonymous"));
      writer.integer(1);
      writer.list(2);
      writer.string(ByteString.utf8("tuple"));
      writer.list(1);
      writer.string(ByteString.utf8("None"));
      writer.list(1);
      writer.string(ByteString.utf8("dictionary"));
      return out;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws BananaException {
      ByteBuf in = (ByteBuf) message;
      reader.feed(in, this::heard);
      in.release();
    }

    private void heard(Object expression) {
      if (expression instanceof BananaList list && list.get(0).equals(ByteString.utf8("answer"))) {
        free.release();
      }
    }
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
