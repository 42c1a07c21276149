/** Does a WebSocket come through now? Tries one, with the server's first word, for so many ms. */
export function comesThrough(patience) {
  return new Promise((done) => {
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`);
    const end = (well) => {
      clearTimeout(timer);
      socket.close();
      done(well);
    };
    const timer = setTimeout(end, patience, false);
    socket.onmessage = ({ data }) => end(String(data).startsWith("0{"));
    socket.onerror = () => end(false);
    socket.onclose = () => end(false);
  });
}
