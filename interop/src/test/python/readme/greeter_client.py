# SPDX-License-Identifier: Apache-2.0
# [begin client]
import sys

from twisted.internet import endpoints, task
from twisted.spread import pb


async def main(reactor, endpoint):
    factory = pb.PBClientFactory()
    await endpoints.clientFromString(reactor, endpoint).connect(factory)
    root = await factory.getRootObject()
    print(await root.callRemote("greet", "Ada"))


task.react(main, sys.argv[1:])
# [end client]
