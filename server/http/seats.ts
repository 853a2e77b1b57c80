import { Router } from 'express';
import { seatOf } from '../access/seats.ts';
import type { HttpContext } from './context.ts';
import { invitationFor } from './invitation.ts';
import { sendProblem } from './problems.ts';

/** GET /api/seats/:personId: the invitation again after a reload, for the browser that holds this person's cookie. */
export function seatRoutes(context: HttpContext): Router {
  const { db, secure } = context;
  return Router().get('/seats/:personId', async (request, response) => {
    const seat = await seatOf(db, request.headers, request.params.personId, secure);
    if (!seat) return sendProblem(response, 'notSignedIn');
    const { person } = seat;
    const kind = person.role === 'attendee' ? 'taster' : 'personal';
    const guest = { courseId: person.course_id, person, kind, enrolled: true } as const;
    const invitation = await invitationFor(context, guest);
    if ('error' in invitation) return sendProblem(response, invitation.error);
    response.json(invitation);
  });
}
