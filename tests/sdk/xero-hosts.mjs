// xero-node writes Xero's hosts into its code: calls to them go to the sandbox instead. Everything else is untouched.
import http from 'node:http';
import https from 'node:https';

const hosts = ['login.xero.com', 'identity.xero.com', 'api.xero.com'];

/** @param {string} base the sandbox's Xero address, http://127.0.0.1:<port> */
export function sendXeroTo(base) {
  const { hostname, port } = new URL(base);
  const original = https.request;
  https.request = (...given) => {
    const callback = typeof given.at(-1) === 'function' ? given.pop() : undefined;
    const url = typeof given[0] === 'string' || given[0] instanceof URL ? new URL(given.shift()) : undefined;
    const options = { ...(url && { hostname: url.hostname, path: url.pathname + url.search }), ...given[0] };
    if (!hosts.includes(options.hostname)) throw new Error(`A call to ${options.hostname} would leave this machine.`);
    const { agent, agents, ...rest } = options;
    return http.request({ ...rest, protocol: 'http:', host: undefined, hostname, port }, callback);
  };
  return () => { https.request = original; };
}
