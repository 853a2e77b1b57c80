import type { BrowserContext, Page } from 'playwright-core';

type Hooked = Window & { sockets: WebSocket[] };

/** Keeps every WebSocket of the context's pages at hand for `cutSignal`. Call it before the first page. */
export async function hookSockets(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const page = window as unknown as Hooked;
    page.sockets = [];
    window.WebSocket = new Proxy(WebSocket, {
      construct(Socket, [url, protocols]: [string, string[] | undefined]) {
        const socket = new Socket(url, protocols);
        page.sockets.push(socket);
        return socket;
      },
    });
  });
}

/** Cuts the page's open WebSockets as a network would, without asking the page's code; media go on. */
export async function cutSignal(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const socket of (window as unknown as Hooked).sockets) {
      if (socket.readyState === WebSocket.OPEN) socket.close();
    }
  });
}

/** How many WebSockets the page ever opened. */
export async function socketCount(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as Hooked).sockets.length);
}
