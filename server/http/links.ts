import { Router } from 'express';
import { openLinkBody } from '#shared/api.schema.ts';
import { linkOf, seatOf } from '../access/seats.ts';
import { findPerson } from '../storage/people.ts';
import type { HttpContext } from './context.ts';
import { invitationFor } from './invitation.ts';
import { sendProblem } from './problems.ts';

/** POST /api/links/open: what a link leads to. The token comes in the body, so no address or log ever holds it. */
export function linkRoutes(context: HttpContext): Router {
  const { db, limits, secure, now } = context;
  return Router().post('/links/open', async (request, response) => {
    if (!(await limits.mayTry(request))) return sendProblem(response, 'tooMany');
    const body = openLinkBody.safeParse(request.body);
    if (!body.success) return sendProblem(response, 'badRequest');
    const link = await linkOf(db, body.data.token, now());
    if ('error' in link) {
      await limits.wrongToken(request);
      return sendProblem(response, link.error);
    }
    const personId = link.person_id ?? body.data.personId;
    const seat = personId === undefined ? undefined : await seatOf(db, request.headers, personId, secure);
    const mine = seat?.person.course_id === link.course_id ? seat.person : undefined;
    const person = link.person_id === null ? mine : await findPerson(db, link.person_id);
    const kind = link.person_id === null ? 'taster' : 'personal';
    const guest = { courseId: link.course_id, person, kind, enrolled: mine !== undefined } as const;
    const invitation = await invitationFor(context, guest);
    if ('error' in invitation) return sendProblem(response, invitation.error);
    response.json(invitation);
  });
}
